/** What becomes of I/O when no path is left. Read {@link org.lunwarden.map.queueing.NoPathWatch} first. */
@NullMarked
package org.lunwarden.map.queueing;

import org.jspecify.annotations.NullMarked;
