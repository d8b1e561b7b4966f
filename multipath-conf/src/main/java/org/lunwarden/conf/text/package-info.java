/** Text of multipath.conf(5) as a tree of statements that know their place. Read {@link org.lunwarden.conf.text.ConfigText} first. */
@NullMarked
package org.lunwarden.conf.text;

import org.jspecify.annotations.NullMarked;
