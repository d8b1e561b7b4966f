/** Which paths stand together, and in which order. Read {@link org.lunwarden.map.group.Grouping} first. */
@NullMarked
package org.lunwarden.map.group;

import org.jspecify.annotations.NullMarked;
