/**
 * Giving the maps of a LUN its new size, on all hosts or, where one of them speaks against it, on none. Pure. Read {@link
 * org.lunwarden.fleet.resize.ResizeRun} first.
 */
@NullMarked
package org.lunwarden.fleet.resize;

import org.jspecify.annotations.NullMarked;
