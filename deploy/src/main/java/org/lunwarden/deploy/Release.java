package org.lunwarden.deploy;

/** Which Lunwarden this is. */
public final class Release {

    private Release() {}

    /** The version that the build wrote into the jar; {@code development} when it does not run from one. */
    public static String version() {
        var version = Release.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
