package org.lunwarden.conf.value;

/** The key of persistent reservations of a map. */
public sealed interface ReservationKey {

    /** As the file of registered keys says. */
    record FromFile() implements ReservationKey {}

    /** @param key 64 bits without sign
     *  @param throughPowerLoss the registration outlives a loss of power of the array ({@code aptpl}) */
    record Key(long key, boolean throughPowerLoss) implements ReservationKey {}
}
