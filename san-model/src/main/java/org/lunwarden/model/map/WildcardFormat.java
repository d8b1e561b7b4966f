package org.lunwarden.model.map;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A line's format as {@code multipathd show ... format} takes it: text, and {@code %} with a letter for each field. What is
 * no field is left out together with its sign.
 */
public final class WildcardFormat {

    private final List<Piece> pieces;

    private WildcardFormat(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    private sealed interface Piece {
        record Text(String text) implements Piece {}

        record Field(char letter) implements Piece {}
    }

    /** @param fields the letters that are known */
    public static WildcardFormat parse(String format, Set<Character> fields) {
        var pieces = new ArrayList<Piece>();
        var from = 0;
        while (from < format.length()) {
            var sign = format.indexOf('%', from);
            if (sign < 0) {
                pieces.add(new Piece.Text(format.substring(from)));
                break;
            }
            pieces.add(new Piece.Text(format.substring(from, sign)));
            if (sign + 1 < format.length() && fields.contains(format.charAt(sign + 1))) {
                pieces.add(new Piece.Field(format.charAt(sign + 1)));
            }
            from = sign + 2;
        }
        return new WildcardFormat(pieces);
    }

    /** @param values of every field of the format */
    public String line(Map<Character, String> values) {
        return line(values, Map.of());
    }

    /**
     * With each field padded, the last one too.
     *
     * @param widths of the fields that are padded
     */
    public String line(Map<Character, String> values, Map<Character, Integer> widths) {
        var line = new StringBuilder();
        for (var piece : pieces) {
            switch (piece) {
                case Piece.Text(var text) -> line.append(text);
                case Piece.Field(var letter) -> {
                    var value = values.getOrDefault(letter, "");
                    line.append(value).append(" ".repeat(Math.max(0, widths.getOrDefault(letter, 0) - value.length())));
                }
            }
        }
        return line.append('\n').toString();
    }

    /** The widest value of each field. */
    public static Map<Character, Integer> widths(List<Map<Character, String>> lines) {
        var widths = new HashMap<Character, Integer>();
        lines.forEach(line -> line.forEach((letter, value) -> widths.merge(letter, value.length(), Math::max)));
        return widths;
    }
}
