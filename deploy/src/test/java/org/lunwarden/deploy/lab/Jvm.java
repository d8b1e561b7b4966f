package org.lunwarden.deploy.lab;

import java.nio.file.Path;

/** The JVM that runs this test, as a command that also works in a guest: guests see the machine's files. */
public final class Jvm {
    public static final Path HOME = Path.of(System.getProperty("java.home"));

    private Jvm() {}

    /** Small, since every fresh page and every thread costs ten times as much in a guest. */
    public static String command() {
        return HOME.resolve("bin/java")
                + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xss512k -Xmn16m -Xmx128m"
                + " --enable-native-access=ALL-UNNAMED"
                + (Runtime.version().feature() >= 24 ? " --sun-misc-unsafe-memory-access=allow" : "");
    }
}
