package org.lunwarden.conf.regex;

/** A place between two characters. */
enum Place {
    BEGIN,
    END,
    WORD_BEGIN,
    WORD_END,
    WORD_EDGE,
    NOT_WORD_EDGE;

    boolean is(String text, int at) {
        var before = at > 0 && CharacterSet.WORD.has(text.charAt(at - 1));
        var after = at < text.length() && CharacterSet.WORD.has(text.charAt(at));
        return switch (this) {
            case BEGIN -> at == 0;
            case END -> at == text.length();
            case WORD_BEGIN -> !before && after;
            case WORD_END -> before && !after;
            case WORD_EDGE -> before != after;
            case NOT_WORD_EDGE -> before == after;
        };
    }
}
