/** A host's ports, with a count of what is asked of them. The type to read first is {@link org.lunwarden.io.measured.MeasuredPorts}. */
@NullMarked
package org.lunwarden.io.measured;

import org.jspecify.annotations.NullMarked;
