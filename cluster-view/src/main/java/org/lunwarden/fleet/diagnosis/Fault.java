package org.lunwarden.fleet.diagnosis;

/** A component taken as faulty: its number in the risk model, and the share of its traffic that fails. */
record Fault(int candidate, double fraction) {}
