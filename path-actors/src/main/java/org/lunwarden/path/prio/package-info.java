/** Where a path's priority comes from. Read {@link org.lunwarden.path.prio.Prioritizer} first. */
@NullMarked
package org.lunwarden.path.prio;

import org.jspecify.annotations.NullMarked;
