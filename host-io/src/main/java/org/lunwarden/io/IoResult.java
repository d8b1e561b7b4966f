package org.lunwarden.io;

import java.util.Set;
import java.util.function.Function;

/** What a call to the kernel came to: a value, or a refusal with the kernel's own number and word for it. */
public sealed interface IoResult<T> {

    record Ok<T>(T value) implements IoResult<T> {}

    /**
     * @param errno as in errno(3), for example 16 for {@code EBUSY}; 0 when a library refused without one
     * @param call what was asked, with its object, for example {@code dm reload 3600a0980…}
     * @param reason the kernel's or library's word, for example {@code Device or resource busy}
     */
    record Refused<T>(int errno, String call, String reason) implements IoResult<T> {

        /** {@code EINTR, EAGAIN, ENOMEM, ENFILE, EMFILE, ECANCELED}. */
        private static final Set<Integer> OURS = Set.of(4, 11, 12, 23, 24, 125);

        /** {@code ENOENT, ENXIO, ENODEV}. */
        private static final Set<Integer> GONE = Set.of(2, 6, 19);

        /** Whether an error number says that the object is not there. */
        public static boolean isGone(int errno) {
            return GONE.contains(errno);
        }

        /** Whether an error number says that this process or its host is short of something, and nothing of the object. */
        public static boolean isOurs(int errno) {
            return OURS.contains(errno);
        }

        /** The same refusal where another value was expected. */
        public <U> IoResult<U> as() {
            return new Refused<>(errno, call, reason);
        }

        @Override
        public String toString() {
            return call + ": " + reason + (errno == 0 ? "" : " (errno " + errno + ")");
        }
    }

    /** Success of a call that gives nothing back. */
    enum Done {
        DONE
    }

    static IoResult<Done> done() {
        return new Ok<>(Done.DONE);
    }

    default <U> IoResult<U> then(Function<? super T, ? extends IoResult<U>> next) {
        return switch (this) {
            case Ok<T>(var value) -> next.apply(value);
            case Refused<T> refused -> refused.as();
        };
    }
}
