package org.lunwarden.conf.text;

/** A place in a file: lines and columns are counted from 1, a tab is one column. */
public record Position(String file, int line, int column) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
