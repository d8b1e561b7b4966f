package org.lunwarden.model.dm;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

import org.lunwarden.model.DevT;

/**
 * Reads a dm line word by word. Counts are held against the words that are left, so that a huge count costs nothing.
 */
final class Words {

    /** What was wrong, and at which word; made into {@link Parsed.Malformed} by {@link #parse}. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final int word;

        Wrong(int word, String problem) {
            super(problem, null, false, false);
            this.word = word;
        }
    }

    /** One grammar over the words. */
    interface Grammar<T> {
        T read(Words words) throws Wrong;
    }

    private static final int SHOWN = 40;

    private final List<String> words;
    private int next;

    private Words(List<String> words) {
        this.words = words;
    }

    static <T> Parsed<T> parse(String text, Grammar<T> grammar) {
        var split = new ArrayList<String>();
        var tokens = new StringTokenizer(text, " \t\n");
        while (tokens.hasMoreTokens()) {
            split.add(tokens.nextToken());
        }
        var words = new Words(split);
        try {
            var value = grammar.read(words);
            return words.next == split.size()
                    ? new Parsed.Ok<>(value)
                    : new Parsed.Malformed<>(words.next, "more words than the counts say");
        } catch (Wrong wrong) {
            return new Parsed.Malformed<>(wrong.word, String.valueOf(wrong.getMessage()));
        }
    }

    String word(String what) throws Wrong {
        if (next == words.size()) {
            throw new Wrong(next, what + " is missing");
        }
        return words.get(next++);
    }

    /** A decimal number of 0 or more; what is beyond an int counts as the greatest int, as counters may run over. */
    int number(String what) throws Wrong {
        var text = word(what);
        if (text.length() > 20 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong(what + " is not a number: " + shown(text));
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException beyond) {
            return Integer.MAX_VALUE;
        }
    }

    /** A number of things that are each made of {@code wordsEach} words or more. */
    int count(String what, int wordsEach) throws Wrong {
        var count = number(what);
        if ((long) count * wordsEach > words.size() - next) {
            throw wrong(what + " is greater than the words that follow: " + count);
        }
        return count;
    }

    /** {@code #words word*}. */
    List<String> counted(String what) throws Wrong {
        return take(count("number of " + what, 1));
    }

    List<String> take(int count) {
        var taken = List.copyOf(words.subList(next, next + count));
        next += count;
        return taken;
    }

    int left() {
        return words.size() - next;
    }

    DevT device() throws Wrong {
        var text = word("path");
        var device = DevT.parse(text);
        if (device.isEmpty()) {
            throw wrong("path is not major:minor: " + shown(text));
        }
        return device.get();
    }

    /** A fault in the word that was read last. */
    Wrong wrong(String problem) {
        return new Wrong(next - 1, problem);
    }

    static void format(StringBuilder line, List<String> list) {
        line.append(list.size());
        for (var word : list) {
            if (word.isEmpty() || word.chars().anyMatch(c -> c == ' ' || c == '\t' || c == '\n')) {
                throw new IllegalArgumentException("not one word: '" + word + "'");
            }
            line.append(' ').append(word);
        }
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
