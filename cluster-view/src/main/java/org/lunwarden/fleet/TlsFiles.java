package org.lunwarden.fleet;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a member's certificate lies. All files are PEM and are read again when they are older than {@code reread}, so
 * that certificates are renewed without a restart.
 *
 * @param key the private key: RSA, unencrypted, PKCS#8 or PKCS#1
 * @param certificate of this member; its common name or one of its DNS names must be one that the other members'
 *     certificates carry too, so that another certificate of the same authority is no way in
 * @param authority the certificate that signed the certificates of all members
 */
public record TlsFiles(Path key, Path certificate, Path authority, Duration reread) {}
