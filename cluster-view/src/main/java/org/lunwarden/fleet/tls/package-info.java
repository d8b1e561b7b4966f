/**
 * Certificates for a fleet that lives for an hour. Read {@link org.lunwarden.fleet.tls.ThrowAwayCertificates} first.
 */
@NullMarked
package org.lunwarden.fleet.tls;

import org.jspecify.annotations.NullMarked;
