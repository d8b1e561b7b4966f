/** How patient the transport under a path is. Read {@link org.lunwarden.path.transport.TransportTuning} first. */
@NullMarked
package org.lunwarden.path.transport;

import org.jspecify.annotations.NullMarked;
