package org.lunwarden.model.settings;

/** What becomes of I/O when a map has no usable path ({@code no_path_retry} of multipath.conf(5)). */
public sealed interface NoPathRetry {

    /** I/O fails at once. */
    record Fail() implements NoPathRetry {}

    /** I/O waits until a path returns. */
    record Queue() implements NoPathRetry {}

    /** I/O waits for so many polling intervals, 1 or more, then fails. */
    record Retry(int polls) implements NoPathRetry {}

    /** Not known, since no path of the map has been seen: what the kernel does with such I/O stays as it is. */
    record AsItIs() implements NoPathRetry {}
}
