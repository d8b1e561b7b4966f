package org.lunwarden.conf.text;

import java.util.Collection;
import java.util.Set;

/** Which keywords there are, and where each may stand. */
public interface Grammar {

    /** Every keyword that has a value. */
    Collection<String> keywords();

    /** Where a keyword may stand; empty for a word that is no keyword. */
    Set<Section> sections(String keyword);

    /** Whether a keyword may be said more than once in one section, each time with one more value. */
    boolean repeats(Section section, String keyword);
}
