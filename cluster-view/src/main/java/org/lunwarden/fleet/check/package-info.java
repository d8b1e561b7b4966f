/**
 * Which hosts are asked to check now, and how much of it array ports and hosts are spared. Pure, time is a parameter. Read
 * {@link org.lunwarden.fleet.check.CheckBudget} first.
 */
@NullMarked
package org.lunwarden.fleet.check;

import org.jspecify.annotations.NullMarked;
