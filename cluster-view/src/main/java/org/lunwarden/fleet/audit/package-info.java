/**
 * What is amiss before anything fails: hosts, LUNs and ports that are not as they should be, or not as their peers are.
 * Pure. Read {@link org.lunwarden.fleet.audit.Audit} first.
 */
@NullMarked
package org.lunwarden.fleet.audit;

import org.jspecify.annotations.NullMarked;
