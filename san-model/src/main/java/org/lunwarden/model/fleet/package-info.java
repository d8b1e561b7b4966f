/** What a host tells the fleet, and what the fleet may ask of it. Read {@link org.lunwarden.model.fleet.HostReport} first. */
@NullMarked
package org.lunwarden.model.fleet;

import org.jspecify.annotations.NullMarked;
