package org.lunwarden.fleet.localization;

/** What happened, or goes on, beside what hosts see of their rows. Times are Unix milliseconds. */
public sealed interface Event {

    /** A component was changed, for example got new firmware: for a day it is likelier to be at fault than others. */
    record Changed(ComponentName component, long at) implements Event {}

    /** A component is worked on: what fails through it while that goes on is meant to. Both ends count. */
    record Maintained(ComponentName component, long from, long to) implements Event {}

    /** A host began to boot: for a quarter of an hour, rows of its that failed since are of that. */
    record Rebooted(String host, long at) implements Event {}
}
