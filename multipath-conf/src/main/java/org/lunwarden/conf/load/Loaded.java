package org.lunwarden.conf.load;

import java.util.List;

import org.lunwarden.conf.text.Problem;

/**
 * What came of loading a configuration; the problems are in the order of the files and of their text, last those that no
 * file has by itself.
 */
public sealed interface Loaded {

    List<Problem> problems();

    /** Can be used, with problems or without. A drop-in with a fatal problem is left out as a whole. */
    record Usable(MultipathConf conf, List<Problem> problems) implements Loaded {
        public Usable {
            problems = List.copyOf(problems);
        }
    }

    /** The main file has a fatal problem: what held before must go on. */
    record Refused(List<Problem> problems) implements Loaded {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
