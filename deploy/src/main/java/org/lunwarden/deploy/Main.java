package org.lunwarden.deploy;

import org.lunwarden.cli.LunwardenCommand;

/** The program {@code lunwarden}. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(LunwardenCommand.run(new Distribution(isDaemon(args) ? HangUp.listen() : HangUp.unheard()), args));
    }

    private static boolean isDaemon(String... args) {
        return args.length > 0 && (args[0].equals("node") || args[0].equals("view"));
    }
}
