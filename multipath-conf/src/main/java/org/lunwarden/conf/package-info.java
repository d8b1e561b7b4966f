/**
 * The keywords of multipath.conf(5) in the daemon's own configuration. Read {@link org.lunwarden.conf.Keywords} first; a
 * site's multipath.conf begins at {@link org.lunwarden.conf.load.MultipathConf}.
 */
@NullMarked
package org.lunwarden.conf;

import org.jspecify.annotations.NullMarked;
