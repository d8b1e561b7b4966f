package org.lunwarden.cli.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** Looks at the files of TLS before a daemon is started with them: one that joins nobody is found out too late. */
final class PemFile {

    private static final String PKCS8 = "-----BEGIN PRIVATE KEY-----";
    private static final String PKCS1 = "-----BEGIN RSA PRIVATE KEY-----";

    private PemFile() {}

    /** Why a file cannot be used that holds a secret; empty when it can. */
    static Optional<String> openToOthers(Path file) {
        try {
            if (Files.readString(file).isBlank()) {
                return Optional.of("'" + file + "' is empty");
            }
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                    ? Optional.of("'" + file + "' can be read by everybody")
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of("'" + file + "' cannot be read");
        }
    }

    /** Why the file cannot be used; empty when it can. */
    static Optional<String> problem(Path file, boolean key) {
        try {
            var text = Files.readString(file);
            if (!key) {
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
                return Optional.empty();
            }
            if (text.contains(PKCS8)) {
                var body = text.substring(text.indexOf(PKCS8) + PKCS8.length(), text.indexOf("-----END"));
                KeyFactory.getInstance("RSA")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
                return Optional.empty();
            }
            return text.contains(PKCS1)
                    ? Optional.empty()
                    : Optional.of("'" + file + "' holds no unencrypted RSA key in PEM");
        } catch (IOException unreadable) {
            return Optional.of("'" + file + "' cannot be read");
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            return Optional.of(
                    "'" + file + "' holds no " + (key ? "RSA key" : "certificate") + " in PEM: " + broken.getMessage());
        }
    }
}
