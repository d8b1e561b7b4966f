package org.lunwarden.path.prio;

/** The regular expressions of a configuration. */
@FunctionalInterface
public interface Expressions {

    /** Whether the POSIX extended regular expression matches some part of the text; one that is none matches nothing. */
    boolean find(String expression, String text);
}
