package org.lunwarden.fleet.wire;

/** Marks what may cross from one member to another. Nothing else is read from the network by this program. */
public interface Wire {}
