package org.lunwarden.node.site;

import java.util.List;

/** Reads a site's configuration again. Blocking, for as long as its disk does not answer. */
public interface SiteReader {

    Reading read();

    sealed interface Reading {}

    /** @param remarks which the operator should read, a sentence each */
    record Usable(Site site, List<String> remarks) implements Reading {
        public Usable {
            remarks = List.copyOf(remarks);
        }
    }

    /** @param problems with file and line, at least one */
    record Refused(List<String> problems) implements Reading {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** For a site that has no files. */
    static SiteReader of(Site site) {
        return () -> new Usable(site, List.of());
    }
}
