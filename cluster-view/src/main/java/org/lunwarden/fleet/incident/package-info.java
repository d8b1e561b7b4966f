/**
 * The life of incidents: one per cause, from provisional to resolved. Pure, time is a parameter. Read {@link
 * org.lunwarden.fleet.incident.Incidents} first.
 */
@NullMarked
package org.lunwarden.fleet.incident;

import org.jspecify.annotations.NullMarked;
