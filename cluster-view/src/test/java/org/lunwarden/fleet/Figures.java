package org.lunwarden.fleet;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** What a benchmark prints. */
final class Figures {

    private Figures() {}

    /**
     * Runs a benchmark and ends the process, with status 1 when it broke: its members would keep it alive.
     *
     * @param file takes the figures; empty for the terminal
     */
    static void print(String file, Consumer<PrintStream> benchmark) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        try (var out = open(file)) {
            benchmark.accept(out);
        } catch (Exception | AssertionError broke) {
            System.err.println("The benchmark broke: " + broke);
            Runtime.getRuntime().exit(1);
        }
        Runtime.getRuntime().exit(0);
    }

    private static PrintStream open(String file) throws IOException {
        return file.isEmpty() ? System.out : new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
    }
}
