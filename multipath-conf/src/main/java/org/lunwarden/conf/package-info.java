/**
 * What multipath.conf(5) says, as typed settings. Read {@link org.lunwarden.conf.Keywords} first.
 */
@NullMarked
package org.lunwarden.conf;

import org.jspecify.annotations.NullMarked;
