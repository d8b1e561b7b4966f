package org.lunwarden.conf.text;

/** Says whether one word may be another one mistyped. */
final class Spelling {

    private static final int CLOSE = 2;

    private Spelling() {}

    /** At most two letters are inserted, left out or exchanged. */
    static boolean isClose(String word, String typed) {
        if (Math.abs(word.length() - typed.length()) > CLOSE) {
            return false;
        }
        var above = new int[typed.length() + 1];
        for (var column = 0; column < above.length; column++) {
            above[column] = column;
        }
        for (var row = 1; row <= word.length(); row++) {
            var current = new int[above.length];
            current[0] = row;
            for (var column = 1; column < above.length; column++) {
                var exchanged = above[column - 1] + (word.charAt(row - 1) == typed.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(exchanged, Math.min(above[column], current[column - 1]) + 1);
            }
            above = current;
        }
        return above[typed.length()] <= CLOSE;
    }
}
