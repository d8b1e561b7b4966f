/** One actor a map: keeps the kernel's map what the paths and the settings want. Read {@link org.lunwarden.map.MapActor} first. */
@NullMarked
package org.lunwarden.map;

import org.jspecify.annotations.NullMarked;
