/** The keywords of multipath.conf(5) and the types of their values. Read {@link org.lunwarden.conf.value.KeywordTable} first. */
@NullMarked
package org.lunwarden.conf.value;

import org.jspecify.annotations.NullMarked;
