package org.lunwarden.cli.diagnose;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream, one after the other in one buffer, so that no file is too large. */
final class Lines {

    /** A longer line is none of ours. */
    static final int LONGEST = 1 << 20;

    private final InputStream in;
    private final byte[] chunk = new byte[1 << 16];
    private int next;
    private int end;
    private byte[] line = new byte[4096];
    private int length;
    private long number;
    private boolean isTooLong;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Reads the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        isTooLong = false;
        var isBegun = false;
        while (true) {
            if (next == end) {
                end = in.read(chunk);
                next = 0;
                if (end < 0) {
                    end = 0;
                    number += isBegun ? 1 : 0;
                    return isBegun;
                }
            }
            isBegun = true;
            var from = next;
            while (next < end && chunk[next] != '\n') {
                next++;
            }
            append(from, next);
            if (next < end) {
                next++;
                number++;
                return true;
            }
        }
    }

    private void append(int from, int to) {
        if (length + to - from > LONGEST) {
            isTooLong = true;
            return;
        }
        if (length + to - from > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + to - from));
        }
        System.arraycopy(chunk, from, line, length, to - from);
        length += to - from;
    }

    /** Of the line just read, counted from 1. */
    long number() {
        return number;
    }

    boolean isTooLong() {
        return isTooLong;
    }

    boolean isBlank() {
        for (var at = 0; at < length; at++) {
            if (line[at] != ' ' && line[at] != '\t' && line[at] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Holds more than the line: see {@link #length}. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }
}
