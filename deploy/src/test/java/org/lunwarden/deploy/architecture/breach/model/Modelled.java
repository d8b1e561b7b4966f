package org.lunwarden.deploy.architecture.breach.model;

public record Modelled(org.apache.pekko.util.ByteString bytes) {

    /** The model must not know where it is used. */
    record Upwards(org.lunwarden.deploy.architecture.breach.io.Ported port) {}

    /** A decision that reads the clock. */
    static java.time.Instant now() {
        return java.time.Instant.now();
    }
}
