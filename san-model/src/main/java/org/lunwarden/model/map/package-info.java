/** A map and its path groups. Read {@link org.lunwarden.model.map.MapTopology} first. */
@NullMarked
package org.lunwarden.model.map;

import org.jspecify.annotations.NullMarked;
