/** The commands on a site's multipath.conf(5). Read {@link org.lunwarden.cli.site.ExplainText} first. */
@NullMarked
package org.lunwarden.cli.site;

import org.jspecify.annotations.NullMarked;
