/**
 * What a site says of its SAN that no host can see. The type to read first is {@link
 * org.lunwarden.fleet.sitefile.SiteFile}.
 */
@NullMarked
package org.lunwarden.fleet.sitefile;

import org.jspecify.annotations.NullMarked;
