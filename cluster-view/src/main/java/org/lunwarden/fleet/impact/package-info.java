/**
 * What happens if components go down now, before somebody takes them down. Pure. Read {@link
 * org.lunwarden.fleet.impact.Impact} first.
 */
@NullMarked
package org.lunwarden.fleet.impact;

import org.jspecify.annotations.NullMarked;
