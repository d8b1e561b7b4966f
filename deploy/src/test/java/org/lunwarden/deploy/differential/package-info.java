/** Lunwarden beside the reference, site by site on one kernel; start at {@link org.lunwarden.deploy.differential.DifferentialIT}. */
@NullMarked
package org.lunwarden.deploy.differential;

import org.jspecify.annotations.NullMarked;
