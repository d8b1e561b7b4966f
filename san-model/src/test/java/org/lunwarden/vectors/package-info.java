/** The recorded behaviour of the reference, for the tests of every module. Read {@link org.lunwarden.vectors.Vectors} first. */
@NullMarked
package org.lunwarden.vectors;

import org.jspecify.annotations.NullMarked;
