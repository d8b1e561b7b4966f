/** When a map returns to its best group. Read {@link org.lunwarden.map.failback.FailbackWatch} first. */
@NullMarked
package org.lunwarden.map.failback;

import org.jspecify.annotations.NullMarked;
