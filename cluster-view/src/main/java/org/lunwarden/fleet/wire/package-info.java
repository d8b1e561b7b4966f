/**
 * What members of the fleet say to each other. The types of this package are the wire format: a field is added, never
 * renamed, and a reader ignores fields it does not know. Read {@link org.lunwarden.fleet.wire.ToView} first.
 */
@NullMarked
package org.lunwarden.fleet.wire;

import org.jspecify.annotations.NullMarked;
