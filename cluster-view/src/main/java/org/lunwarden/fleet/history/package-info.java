/**
 * What a view keeps for longer than it lives: incidents with their histories, and what happened when. Read {@link
 * org.lunwarden.fleet.history.History} first.
 */
@NullMarked
package org.lunwarden.fleet.history;

import org.jspecify.annotations.NullMarked;
