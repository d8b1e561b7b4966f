package org.lunwarden.conf.value;

/** Who owns a device node; who a name stands for is asked where the node is made. */
public sealed interface Owner {

    /** The kernel keeps 2^32-1 for nobody at all. */
    long LARGEST_ID = 0xffff_ffffL;

    record Id(long id) implements Owner {}

    record Named(String name) implements Owner {}
}
