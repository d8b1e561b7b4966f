package org.lunwarden.fleet.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import org.lunwarden.fleet.TlsFiles;

/**
 * An authority that exists for one demonstration or test, and the member certificates that it signs. Its key is never
 * written: once this object is gone, nobody can sign for it again. Version 3 certificates (RFC 5280), RSA keys of 2048
 * bits, valid for a week.
 */
public final class ThrowAwayCertificates {

    private static final byte[] SHA256_WITH_RSA = Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.nothing());
    private static final Duration VALID = Duration.ofDays(7);
    private static final SecureRandom random = new SecureRandom();

    private final KeyPair keys;
    private final byte[] certificate;
    private final String fleet;

    private ThrowAwayCertificates(String fleet) throws GeneralSecurityException {
        this.fleet = fleet;
        this.keys = newKeys();
        this.certificate = sign(fleet + " authority", keys.getPublic(), fleet + " authority", keys.getPrivate(), true);
    }

    /** @param fleet the name that all member certificates carry, for example the cluster name */
    public static ThrowAwayCertificates of(String fleet) {
        try {
            return new ThrowAwayCertificates(fleet);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot make certificates", e);
        }
    }

    /**
     * Makes a key and a certificate for one member, and writes them with the authority's certificate into the folder:
     * {@code NAME.key}, readable for the owner only, {@code NAME.crt} and {@code authority.crt}.
     */
    public TlsFiles member(String name, Path folder) throws IOException {
        try {
            var own = newKeys();
            var signed = sign(fleet, own.getPublic(), fleet + " authority", keys.getPrivate(), false);
            Files.createDirectories(folder);
            var key = write(
                    folder.resolve(name + ".key"),
                    "rw-------",
                    "PRIVATE KEY",
                    own.getPrivate().getEncoded());
            var crt = write(folder.resolve(name + ".crt"), "rw-r--r--", "CERTIFICATE", signed);
            var ca = write(folder.resolve("authority.crt"), "rw-r--r--", "CERTIFICATE", certificate);
            return new TlsFiles(key, crt, ca, Duration.ofMinutes(5));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot make certificates", e);
        }
    }

    /** Whoever reads meanwhile finds the file of before, whole, or this one. */
    private static Path write(Path file, String mode, String what, byte[] content) throws IOException {
        var permissions = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".", ".new", permissions);
        try {
            Files.writeString(fresh, pem(what, content));
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
            return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048, random);
        return generator.generateKeyPair();
    }

    private byte[] sign(String subject, PublicKey key, String issuer, PrivateKey by, boolean authority)
            throws GeneralSecurityException {
        var now = Instant.now();
        var body = Der.sequence(
                Der.tagged(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(120, random).add(BigInteger.ONE)),
                SHA256_WITH_RSA,
                name(issuer),
                Der.sequence(Der.time(now.minus(Duration.ofHours(1))), Der.time(now.plus(VALID))),
                name(subject),
                key.getEncoded(),
                Der.tagged(3, authority ? authorityExtensions() : memberExtensions()));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(by, random);
        signature.update(body);
        return Der.sequence(body, SHA256_WITH_RSA, Der.bits(0, signature.sign()));
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text(commonName))));
    }

    /** Basic constraints: an authority; key usage: signs certificates. Both critical. */
    private static byte[] authorityExtensions() {
        return Der.sequence(
                Der.sequence(Der.oid("2.5.29.19"), Der.yes(), Der.octets(Der.sequence(Der.yes()))),
                Der.sequence(Der.oid("2.5.29.15"), Der.yes(), Der.octets(Der.bits(2, new byte[] {0x04}))));
    }

    /** Key usage: signs; extended: server and client, since every member is both; a DNS name, the fleet's. */
    private byte[] memberExtensions() {
        return Der.sequence(
                Der.sequence(Der.oid("2.5.29.15"), Der.yes(), Der.octets(Der.bits(7, new byte[] {(byte) 0x80}))),
                Der.sequence(
                        Der.oid("2.5.29.37"),
                        Der.octets(Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"), Der.oid("1.3.6.1.5.5.7.3.2")))),
                Der.sequence(
                        Der.oid("2.5.29.17"),
                        Der.octets(Der.sequence(Der.value(0x82, fleet.getBytes(StandardCharsets.US_ASCII))))));
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }
}
