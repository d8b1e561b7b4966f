/** What holds for one path and its map, and why. Read {@link org.lunwarden.conf.effective.Precedence} first. */
@NullMarked
package org.lunwarden.conf.effective;

import org.jspecify.annotations.NullMarked;
