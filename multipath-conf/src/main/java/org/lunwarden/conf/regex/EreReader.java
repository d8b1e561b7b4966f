package org.lunwarden.conf.regex;

import java.util.ArrayList;
import java.util.List;

/** Reads an expression from left to right; a reader is used once. */
final class EreReader {

    /** Parentheses in parentheses; a deeper nest is refused, since reading it is recursive. */
    private static final int DEEPEST = 200;

    /** Repetitions of what is repeated already, in the whole expression; each makes the nest one deeper, too. */
    private static final int MOST_STACKED = 200;

    private static final int MOST_TIMES = 32_767;

    private final String text;
    private int at;
    private int depth;
    private int stacked;

    EreReader(String text) {
        this.text = text;
    }

    Node read() throws Malformation {
        return either();
    }

    private Node either() throws Malformation {
        var branches = new ArrayList<Node>();
        branches.add(branch());
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            branches.add(branch());
        }
        return branches.size() == 1 ? branches.getFirst() : new Node.Either(branches);
    }

    private Node branch() throws Malformation {
        var parts = new ArrayList<Node>();
        while (at < text.length() && text.charAt(at) != '|' && !closes()) {
            var atom = atom();
            var part = atom instanceof Node.At ? atom : repeated(atom);
            if (!part.equals(Node.NOTHING)) {
                parts.add(part);
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Node.Sequence(parts);
    }

    private boolean closes() {
        return depth > 0 && text.charAt(at) == ')';
    }

    private Node atom() throws Malformation {
        var c = text.charAt(at);
        return switch (c) {
            case '*', '+', '?', '{' -> throw new Malformation(at, c + " repeats nothing");
            case '(' -> group();
            case '[' -> bracket();
            case '\\' -> escaped();
            default -> {
                at++;
                yield switch (c) {
                    case '^' -> new Node.At(Place.BEGIN);
                    case '$' -> new Node.At(Place.END);
                    case '.' -> new Node.One(CharacterSet.ANY);
                    default -> new Node.One(CharacterSet.of(c));
                };
            }
        };
    }

    private Node group() throws Malformation {
        var opened = at;
        if (depth == DEEPEST) {
            throw new Malformation(opened, "more than " + DEEPEST + " parentheses in each other");
        }
        at++;
        depth++;
        var inner = either();
        if (at == text.length()) {
            throw new Malformation(opened, "( is not closed");
        }
        at++;
        depth--;
        return inner instanceof Node.At ? new Node.Sequence(List.of(inner)) : inner;
    }

    private Node bracket() throws Malformation {
        var bracket = new BracketReader(text, at + 1);
        var set = bracket.read();
        at = bracket.end();
        return new Node.One(set);
    }

    private Node escaped() throws Malformation {
        if (at + 1 == text.length()) {
            throw new Malformation(at, "\\ at the end");
        }
        var c = text.charAt(at + 1);
        if (c >= '1' && c <= '9') {
            throw new Malformation(at, "a back reference, which is not offered");
        }
        at += 2;
        return switch (c) {
            case 'w' -> new Node.One(CharacterSet.WORD);
            case 'W' -> new Node.One(CharacterSet.WORD.negation());
            case 's' -> new Node.One(CharacterSet.SPACE);
            case 'S' -> new Node.One(CharacterSet.SPACE.negation());
            case 'b' -> new Node.At(Place.WORD_EDGE);
            case 'B' -> new Node.At(Place.NOT_WORD_EDGE);
            case '<' -> new Node.At(Place.WORD_BEGIN);
            case '>' -> new Node.At(Place.WORD_END);
            case '`' -> new Node.At(Place.BEGIN);
            case '\'' -> new Node.At(Place.END);
            default -> new Node.One(CharacterSet.of(c));
        };
    }

    private Node repeated(Node atom) throws Malformation {
        var node = atom;
        while (at < text.length()) {
            switch (text.charAt(at)) {
                case '*' -> node = times(node, 0, Node.UNLIMITED, at);
                case '+' -> node = times(node, 1, Node.UNLIMITED, at);
                case '?' -> node = times(node, 0, 1, at);
                case '{' -> {
                    node = interval(node);
                    continue;
                }
                default -> {
                    return node;
                }
            }
            at++;
        }
        return node;
    }

    /** What a repetition of a repetition comes to, such as {@code a*} for {@code a+?}, is one where that can be said. */
    private Node times(Node node, int least, int most, int said) throws Malformation {
        if (most == 0 || node.equals(Node.NOTHING)) {
            return Node.NOTHING;
        }
        if (!(node instanceof Node.Repeated(var inner, var innerLeast, var innerMost))) {
            return new Node.Repeated(node, least, most);
        }
        if (isOnceOrAny(least, most) && isOnceOrAny(innerLeast, innerMost)) {
            var once = most == 1 && innerMost == 1;
            return new Node.Repeated(inner, least * innerLeast, once ? 1 : Node.UNLIMITED);
        }
        if (stacked == MOST_STACKED) {
            throw new Malformation(said, "more than " + MOST_STACKED + " repetitions of repetitions");
        }
        stacked++;
        return new Node.Repeated(node, least, most);
    }

    private static boolean isOnceOrAny(int least, int most) {
        return least <= 1 && (most == 1 || most == Node.UNLIMITED);
    }

    private Node interval(Node node) throws Malformation {
        var opened = at;
        at++;
        var least = number(opened);
        var comma = at < text.length() && text.charAt(at) == ',';
        if (comma) {
            at++;
        }
        var most = comma ? number(opened) : least;
        if (at == text.length() || text.indexOf('}', at) < 0) {
            throw new Malformation(opened, "{ is not closed");
        }
        if (text.charAt(at) != '}' || (!comma && least == Node.UNLIMITED)) {
            throw new Malformation(at, "no number of times");
        }
        at++;
        var atLeast = Math.max(least, 0);
        if (most != Node.UNLIMITED && most < atLeast) {
            throw new Malformation(opened, "at least " + atLeast + " and at most " + most + " times");
        }
        return times(node, atLeast, most, opened);
    }

    /** The digits that are next, or {@link Node#UNLIMITED} without any. */
    private int number(int opened) throws Malformation {
        var from = at;
        var number = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            number = number * 10 + text.charAt(at) - '0';
            at++;
            if (number > MOST_TIMES) {
                throw new Malformation(opened, "more than " + MOST_TIMES + " times");
            }
        }
        return from == at ? Node.UNLIMITED : number;
    }
}
