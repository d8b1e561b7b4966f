package org.lunwarden.conf.regex;

/**
 * A POSIX extended regular expression in the C locale, matched in time proportional to the length of the text times the
 * size of the expression: all ways through it are followed side by side, none is tried anew.
 *
 * <pre>
 * expression := branch ("|" branch)*                         a branch may be empty
 * branch     := (atom repeat*)*
 * repeat     := "*" | "+" | "?" | "{m}" | "{m,}" | "{,n}" | "{m,n}"
 * atom       := character | "." | "[…]" | "(" expression ")" | "^" | "$" | "\" character
 * </pre>
 *
 * As with glibc, {@code \w \W \s \S \b \B \< \> \` \'} are known, {@code )} and <code>}</code> stand for themselves where
 * they close nothing, and a repetition of nothing is refused, an anchor's included. A back reference is refused here.
 * Source: IEEE Std 1003.1, section 9.4; regex(7).
 */
public final class Ere {

    private final String source;
    private final Automaton automaton;

    private Ere(String source, Automaton automaton) {
        this.source = source;
        this.automaton = automaton;
    }

    public sealed interface Parsed {

        record Ok(Ere ere) implements Parsed {}

        /** @param at index of the character where the expression goes wrong, counted from 0 */
        record Malformed(int at, String problem) implements Parsed {}
    }

    public static Parsed parse(String expression) {
        try {
            var automaton = Automaton.of(new EreReader(expression).read());
            return new Parsed.Ok(new Ere(expression, automaton));
        } catch (Malformation e) {
            return new Parsed.Malformed(e.at(), e.problem());
        }
    }

    /** Whether the expression matches some part of the text. */
    public boolean find(String text) {
        return automaton.find(text);
    }

    @Override
    public String toString() {
        return source;
    }
}
