package org.lunwarden.conf.regex;

import java.util.BitSet;
import java.util.Optional;

/** A set of characters; classes know only those of ASCII, as in the C locale. */
final class CharacterSet {

    static final CharacterSet ANY = new CharacterSet(new BitSet(), true);
    static final CharacterSet WORD = word();
    static final CharacterSet SPACE = new CharacterSet(members("space").orElseThrow(), false);

    private static final int ASCII = 128;

    private final BitSet members;
    private final boolean negated;

    private CharacterSet(BitSet members, boolean negated) {
        this.members = members;
        this.negated = negated;
    }

    static CharacterSet of(BitSet members, boolean negated) {
        return new CharacterSet((BitSet) members.clone(), negated);
    }

    static CharacterSet of(char c) {
        var members = new BitSet();
        members.set(c);
        return new CharacterSet(members, false);
    }

    CharacterSet negation() {
        return new CharacterSet(members, !negated);
    }

    boolean has(char c) {
        return members.get(c) != negated;
    }

    /** The members of a class such as {@code alpha}; nothing for a name that is no class. */
    static Optional<BitSet> members(String name) {
        var members = new BitSet(ASCII);
        for (var c = 0; c < ASCII; c++) {
            var letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            var digit = c >= '0' && c <= '9';
            var graph = c > ' ' && c < '\u007f';
            var in = switch (name) {
                case "alpha" -> letter;
                case "upper" -> c >= 'A' && c <= 'Z';
                case "lower" -> c >= 'a' && c <= 'z';
                case "digit" -> digit;
                case "xdigit" -> digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
                case "alnum" -> letter || digit;
                case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
                case "blank" -> c == ' ' || c == '\t';
                case "cntrl" -> c < ' ' || c == '\u007f';
                case "graph" -> graph;
                case "print" -> graph || c == ' ';
                case "punct" -> graph && !letter && !digit;
                default -> false;
            };
            members.set(c, in);
        }
        return members.isEmpty() ? Optional.empty() : Optional.of(members);
    }

    private static CharacterSet word() {
        var members = members("alnum").orElseThrow();
        members.set('_');
        return new CharacterSet(members, false);
    }
}
