/** What a daemon counts of its own work. The type to read first is {@link org.lunwarden.model.figures.HostFigures}. */
@NullMarked
package org.lunwarden.model.figures;

import org.jspecify.annotations.NullMarked;
