package org.lunwarden.conf.regex;

import java.util.List;

/** A part of an expression. */
sealed interface Node {

    int UNLIMITED = -1;

    /** Matches where it stands; it is left out wherever it can be, so that every other part has states of its own. */
    Node NOTHING = new Sequence(List.of());

    record One(CharacterSet of) implements Node {}

    record At(Place place) implements Node {}

    record Sequence(List<Node> parts) implements Node {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    record Either(List<Node> branches) implements Node {
        public Either {
            branches = List.copyOf(branches);
        }
    }

    /**
     * @param node never {@link #NOTHING}
     * @param most {@link #UNLIMITED} for no limit
     */
    record Repeated(Node node, int least, int most) implements Node {}
}
