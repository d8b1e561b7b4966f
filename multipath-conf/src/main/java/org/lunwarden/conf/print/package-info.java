/** A configuration as text that can be loaded again. Read {@link org.lunwarden.conf.print.ConfigPrinter} first. */
@NullMarked
package org.lunwarden.conf.print;

import org.jspecify.annotations.NullMarked;
