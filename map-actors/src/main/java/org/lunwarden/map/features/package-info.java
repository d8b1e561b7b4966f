/** What a map's table asks of the kernel's target. Read {@link org.lunwarden.map.features.Features} first. */
@NullMarked
package org.lunwarden.map.features;

import org.jspecify.annotations.NullMarked;
