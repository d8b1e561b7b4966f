package org.lunwarden.conf.regex;

import java.util.BitSet;

/** Reads one bracket expression, from behind its {@code [} to behind its {@code ]}. */
final class BracketReader {

    private final String text;
    private final int from;
    private final BitSet members = new BitSet();
    private int at;

    BracketReader(String text, int from) {
        this.text = text;
        this.from = from;
        this.at = from;
    }

    /** Behind the closing bracket, once it has been read. */
    int end() {
        return at;
    }

    CharacterSet read() throws Malformation {
        var negated = at < text.length() && text.charAt(at) == '^';
        if (negated) {
            at++;
        }
        for (var first = true; first || next() != ']'; first = false) {
            element(first);
        }
        at++;
        return CharacterSet.of(members, negated);
    }

    private char next() throws Malformation {
        if (at >= text.length()) {
            throw new Malformation(from - 1, "[ is not closed");
        }
        return text.charAt(at);
    }

    private void element(boolean first) throws Malformation {
        var start = at;
        if (next() == '-' && !first && !followedBy(1, ']')) {
            throw new Malformation(at, "- is neither first, nor last, nor between two characters");
        }
        if (opens(':') || opens('=')) {
            listed(text.charAt(at + 1));
            if (next() == '-' && !followedBy(1, ']')) {
                throw new Malformation(start, "a class as the beginning of a range");
            }
            return;
        }
        var low = character();
        if (next() != '-' || followedBy(1, ']')) {
            members.set(low);
            return;
        }
        at++;
        next();
        if (opens(':') || opens('=')) {
            throw new Malformation(at, "a class as the end of a range");
        }
        var high = character();
        if (high < low) {
            throw new Malformation(start, "a range whose end is before its beginning");
        }
        members.set(low, high + 1);
    }

    private boolean opens(char kind) {
        return text.charAt(at) == '[' && followedBy(1, kind);
    }

    private boolean followedBy(int ahead, char c) {
        return at + ahead < text.length() && text.charAt(at + ahead) == c;
    }

    /** {@code [:class:]} or {@code [=x=]}. */
    private void listed(char kind) throws Malformation {
        var start = at;
        var name = named(kind);
        if (kind == '=') {
            members.set(single(start, name));
        } else {
            members.or(CharacterSet.members(name)
                    .orElseThrow(() -> new Malformation(start, name + " is no class of characters")));
        }
    }

    /** A character as such, or as {@code [.x.]}. */
    private char character() throws Malformation {
        var start = at;
        if (opens('.')) {
            return single(start, named('.'));
        }
        at++;
        return text.charAt(start);
    }

    private String named(char kind) throws Malformation {
        var end = text.indexOf(kind + "]", at + 2);
        if (end < 0) {
            throw new Malformation(at, "[" + kind + " is not closed");
        }
        var name = text.substring(at + 2, end);
        at = end + 2;
        return name;
    }

    private static char single(int at, String name) throws Malformation {
        if (name.length() != 1) {
            throw new Malformation(at, name + " is not one character");
        }
        return name.charAt(0);
    }
}
