/** The text that dm-multipath and its owner exchange. Read {@link org.lunwarden.model.dm.MultipathTable} first. */
@NullMarked
package org.lunwarden.model.dm;

import org.jspecify.annotations.NullMarked;
