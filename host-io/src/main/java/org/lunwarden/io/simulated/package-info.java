/** A SAN in memory, seen by many hosts through the ports. Read {@link org.lunwarden.io.simulated.SimulatedSan} first. */
@NullMarked
package org.lunwarden.io.simulated;

import org.jspecify.annotations.NullMarked;
