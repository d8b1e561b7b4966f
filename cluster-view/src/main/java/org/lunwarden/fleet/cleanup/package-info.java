/**
 * Whether a map that looks dead may be taken away. Pure. Read {@link org.lunwarden.fleet.cleanup.Cleanup} first.
 */
@NullMarked
package org.lunwarden.fleet.cleanup;

import org.jspecify.annotations.NullMarked;
