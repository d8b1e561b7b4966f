package org.lunwarden.cli.diagnose;

/**
 * A line that cannot be used.
 *
 * @param line counted from 1
 */
record BadLine(String file, long line, String problem) {

    @Override
    public String toString() {
        return file + ":" + line + ": " + problem;
    }
}
