package org.lunwarden.conf.value;

import org.lunwarden.conf.text.Position;

/** Where a value comes from. */
public sealed interface Origin {

    record InFile(Position at) implements Origin {
        @Override
        public String toString() {
            return at.toString();
        }
    }

    /** @param row of the built-in hardware table, counted from 1 */
    record HardwareTable(int row) implements Origin {
        @Override
        public String toString() {
            return "built-in hardware table, row " + row;
        }
    }

    /** A place that is no file of multipath.conf(5), for example the daemon's own configuration. */
    record Elsewhere(String place) implements Origin {
        @Override
        public String toString() {
            return place;
        }
    }

    record BuiltIn() implements Origin {
        @Override
        public String toString() {
            return "built in";
        }
    }
}
