package org.lunwarden.conf.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one line into tokens.
 *
 * <pre>
 * blanks, and every character that is not ASCII, part words
 * #  !       begin a comment, outside a string
 * {  }       are tokens of their own, outside a string
 * "…"        is a string; "" in it is one double quote
 * </pre>
 *
 * Source: multipath.conf(5), SYNTAX.
 *
 * @param unterminated the last string has no closing quote; it reaches to the end of the line
 */
record LineTokens(List<Token> tokens, boolean unterminated) {

    LineTokens {
        tokens = List.copyOf(tokens);
    }

    static LineTokens of(String line) {
        var tokens = new ArrayList<Token>();
        var at = 0;
        while (at < line.length()) {
            var c = line.charAt(at);
            if (c == '#' || c == '!') {
                break;
            } else if (c == '"') {
                tokens.add(new Token(Token.Kind.QUOTE, "\"", at + 1));
                var end = endOfString(line, at + 1);
                if (end > at + 1) {
                    var text = line.substring(at + 1, end).replace("\"\"", "\"");
                    tokens.add(new Token(Token.Kind.STRING, text, at + 2));
                }
                if (end == line.length()) {
                    return new LineTokens(tokens, true);
                }
                tokens.add(new Token(Token.Kind.QUOTE, "\"", end + 1));
                at = end + 1;
            } else if (c == '{' || c == '}') {
                tokens.add(new Token(c == '{' ? Token.Kind.OPEN : Token.Kind.CLOSE, String.valueOf(c), at + 1));
                at++;
            } else if (parts(c)) {
                at++;
            } else {
                var end = endOfWord(line, at);
                tokens.add(new Token(Token.Kind.WORD, line.substring(at, end), at + 1));
                at = end;
            }
        }
        return new LineTokens(tokens, false);
    }

    /** What is behind the first word: the next word, or the string between the next two quotes. */
    Token value() {
        var second = tokens.get(1);
        if (second.kind() != Token.Kind.QUOTE) {
            return second;
        }
        var third = tokens.size() > 2 ? tokens.get(2) : second;
        return third.kind() == Token.Kind.STRING ? third : new Token(Token.Kind.STRING, "", second.column() + 1);
    }

    private static int endOfString(String line, int from) {
        var at = from;
        while (at < line.length()) {
            if (line.charAt(at) != '"') {
                at++;
            } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
                at += 2;
            } else {
                return at;
            }
        }
        return line.length();
    }

    private static int endOfWord(String line, int from) {
        var at = from;
        while (at < line.length() && !parts(line.charAt(at)) && "#!\"{}".indexOf(line.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** The blanks of the C locale, and all that is not ASCII. */
    private static boolean parts(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c > '\u007f';
    }
}
