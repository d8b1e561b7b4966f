/**
 * Coordinated failback: what to move, in which order, and when to stop. Pure. Read {@link
 * org.lunwarden.fleet.failback.FailbackPlan} first, then {@link org.lunwarden.fleet.failback.FailbackRun}.
 */
@NullMarked
package org.lunwarden.fleet.failback;

import org.jspecify.annotations.NullMarked;
