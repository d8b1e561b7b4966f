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

    record BuiltIn() implements Origin {
        @Override
        public String toString() {
            return "built in";
        }
    }
}
