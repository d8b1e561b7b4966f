/** Tests of a path's watch. Read {@link org.lunwarden.path.PathLifeTest} first. */
@NullMarked
package org.lunwarden.path;

import org.jspecify.annotations.NullMarked;
