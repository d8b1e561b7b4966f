package org.lunwarden.deploy;

import org.lunwarden.cli.LunwardenCommand;

/** The program {@code lunwarden}. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(LunwardenCommand.run(new Distribution(), args));
    }
}
