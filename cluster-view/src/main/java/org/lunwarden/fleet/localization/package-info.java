/**
 * Fault localization by numbers: which components most likely took the failed rows down. Knows components only by the
 * names of their class and themselves, and rows only by what they cross. Read {@link
 * org.lunwarden.fleet.localization.Localization} first.
 */
@NullMarked
package org.lunwarden.fleet.localization;

import org.jspecify.annotations.NullMarked;
