/** Why a device is a path or none, and why a map is as it is. Read {@link org.lunwarden.node.why.DiskAccount} first. */
@NullMarked
package org.lunwarden.node.why;

import org.jspecify.annotations.NullMarked;
