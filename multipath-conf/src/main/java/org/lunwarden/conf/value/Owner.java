package org.lunwarden.conf.value;

/** Who owns a device node; who a name stands for is asked where the node is made. */
public sealed interface Owner {

    record Id(int id) implements Owner {}

    record Named(String name) implements Owner {}
}
