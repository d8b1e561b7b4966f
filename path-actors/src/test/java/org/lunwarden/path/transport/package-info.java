/** Tests of transport timeouts. */
@NullMarked
package org.lunwarden.path.transport;

import org.jspecify.annotations.NullMarked;
