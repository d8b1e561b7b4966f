package org.lunwarden.conf.text;

import java.util.List;

/**
 * Words in a line, by the rules of a configuration file's lines: a string in double quotes is one word, {@code ""} in it is
 * one double quote; {@code #} and {@code !} begin a comment; braces are words. A string that is not closed reaches to the
 * end of the line; an empty one is no word.
 */
public final class QuotedWords {

    private QuotedWords() {}

    public static List<String> of(String line) {
        return LineTokens.of(line).tokens().stream()
                .filter(token -> token.kind() != Token.Kind.QUOTE)
                .map(Token::text)
                .toList();
    }

    /** The same text as one word of a line. */
    public static String quote(String word) {
        return '"' + word.replace("\"", "\"\"") + '"';
    }
}
