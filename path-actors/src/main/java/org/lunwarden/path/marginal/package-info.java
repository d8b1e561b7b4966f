/** Whether a path that works is trusted. Read {@link org.lunwarden.path.marginal.Marginality} first. */
@NullMarked
package org.lunwarden.path.marginal;

import org.jspecify.annotations.NullMarked;
