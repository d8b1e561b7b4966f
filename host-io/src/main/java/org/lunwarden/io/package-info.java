/** How a host is touched: small ports, with a linux and a simulated adapter beside them. Read {@link org.lunwarden.io.HostPorts} first. */
@NullMarked
package org.lunwarden.io;

import org.jspecify.annotations.NullMarked;
