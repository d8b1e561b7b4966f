package org.lunwarden.conf.regex;

/** An expression that holds where it is not found when it begins with {@code !}; {@code \!} begins with the mark itself. */
public record InvertibleEre(Ere ere, boolean inverted) {

    private static final String MARK = "!";

    public sealed interface Parsed {

        record Ok(InvertibleEre ere) implements Parsed {}

        /** @param at index of the character where the text goes wrong, counted from 0 */
        record Malformed(int at, String problem) implements Parsed {}
    }

    public static Parsed parse(String text) {
        var inverted = text.startsWith(MARK);
        var skipped = inverted ? MARK.length() : 0;
        return switch (Ere.parse(text.substring(skipped))) {
            case Ere.Parsed.Ok(var ere) -> new Parsed.Ok(new InvertibleEre(ere, inverted));
            case Ere.Parsed.Malformed(var at, var problem) -> new Parsed.Malformed(at + skipped, problem);
        };
    }

    public boolean holds(String text) {
        return ere.find(text) != inverted;
    }

    @Override
    public String toString() {
        return inverted ? MARK + ere : ere.toString();
    }
}
