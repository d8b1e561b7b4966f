package org.lunwarden.model.settings;

/** A number that can be switched off, which is not the same as 0. */
public sealed interface OffOr {

    record Off() implements OffOr {}

    /** @param number 0 or more; seconds for a timeout */
    record Number(int number) implements OffOr {}
}
