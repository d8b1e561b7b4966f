/** What a site's multipath.conf(5) says of a host's disks. Read {@link org.lunwarden.node.site.SiteDisk} first. */
@NullMarked
package org.lunwarden.node.site;

import org.jspecify.annotations.NullMarked;
