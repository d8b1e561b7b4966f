/** POSIX extended regular expressions, as multipath.conf(5) has them. Read {@link org.lunwarden.conf.regex.Ere} first. */
@NullMarked
package org.lunwarden.conf.regex;

import org.jspecify.annotations.NullMarked;
