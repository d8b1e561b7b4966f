package org.lunwarden.fleet.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a channel trusts, and what it keeps secret. */
final class Trust {

    private Trust() {}

    /** @param authority PEM file of one or more certificates; empty: what Java trusts */
    static SSLContext context(Optional<Path> authority) throws IOException {
        try {
            if (authority.isEmpty()) {
                return SSLContext.getDefault();
            }
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var number = 0;
            try (var pem = Files.newInputStream(authority.get())) {
                for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                    store.setCertificateEntry("authority-" + number++, certificate);
                }
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException broken) {
            throw new IOException(
                    "cannot use " + authority.map(Path::toString).orElse("Java's own authorities"), broken);
        }
    }

    /** The first line of a file. The problem names the file, never what is in it. */
    static String secret(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .orElseThrow(() -> new IOException(file + " is empty"));
        } catch (java.io.UncheckedIOException broken) {
            throw new IOException(file + " cannot be read as text", broken);
        }
    }
}
