package org.lunwarden.conf.text;

/**
 * A piece of one line.
 *
 * @param column where it begins, counted from 1
 */
record Token(Kind kind, String text, int column) {

    enum Kind {
        WORD,
        /** A double quote that opens or closes a string. */
        QUOTE,
        /** What stands between two quotes, when it is not empty. */
        STRING,
        OPEN,
        CLOSE
    }
}
