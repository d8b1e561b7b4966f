/**
 * The fleet half: membership, sharing of what hosts see, the state of the whole fleet, coordinated failback. Read
 * {@link org.lunwarden.fleet.FleetNode} first.
 */
@NullMarked
package org.lunwarden.fleet;

import org.jspecify.annotations.NullMarked;
