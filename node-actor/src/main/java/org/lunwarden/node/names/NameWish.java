package org.lunwarden.node.names;

import java.util.Optional;

/**
 * What a site says of the name of a map.
 *
 * @param alias of the map's own entry
 * @param prefix what its numbered name begins with, when it is to have one ({@code user_friendly_names})
 * @param said what of the site's configuration says so, and where; empty when it has nothing to say
 */
public record NameWish(Optional<Alias> alias, Optional<String> prefix, String said) {

    /** The WWID is the name. */
    public static final NameWish NONE = new NameWish(Optional.empty(), Optional.empty(), "");
}
