package org.lunwarden.model.scsi;

/** The outcome of reading a device's answer: a value, or what is wrong with the bytes. */
public sealed interface Decoded<T> {

    record Ok<T>(T value) implements Decoded<T> {}

    /** @param offset of the byte where reading stopped, counted from 0 */
    record Invalid<T>(Fault fault, int offset, String problem) implements Decoded<T> {

        /** The same fault where another value was expected. */
        public <U> Invalid<U> as() {
            return new Invalid<>(fault, offset, problem);
        }
    }

    enum Fault {
        /** Something announced does not fit into the answer. */
        TRUNCATED,
        /** A field has a value it cannot have. */
        MALFORMED,
        /** Well-formed, but without what was looked for. */
        NOTHING_USABLE
    }
}
