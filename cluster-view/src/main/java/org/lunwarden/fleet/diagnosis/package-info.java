/**
 * From what hosts see of their nexuses to what is broken: pure, deterministic, replayable. Read {@link
 * org.lunwarden.fleet.diagnosis.Diagnosis} first.
 */
@NullMarked
package org.lunwarden.fleet.diagnosis;

import org.jspecify.annotations.NullMarked;
