package org.lunwarden.deploy.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.opentest4j.TestAbortedException;

/**
 * Where Chromium is on this machine. Where it is missing, root gets it through apt; otherwise the tests are skipped and
 * one line says why. {@code lunwarden.browser=off} skips always, {@code lunwarden.browser=required} fails instead.
 */
final class Chromium {

    private static final String WISH = System.getProperty("lunwarden.browser", "auto");
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final int APT_MINUTES = 5;

    private Chromium() {}

    static Path provide(String tests) throws IOException, InterruptedException {
        if (WISH.equals("off")) {
            throw unavailable(tests, "browser: switched off by -Dlunwarden.browser=off");
        }
        var found = find();
        if (found.isEmpty() && System.getProperty("user.name").equals("root")) {
            install();
            found = find();
        }
        return found.orElseThrow(() ->
                unavailable(tests, "browser: no chromium on the PATH, and apt-get could not install it (needs root)"));
    }

    private static RuntimeException unavailable(String tests, String reason) {
        if (WISH.equals("required")) {
            throw new AssertionError(reason);
        }
        System.err.println("SKIPPED " + tests + ": " + reason);
        return new TestAbortedException(reason);
    }

    private static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void install() throws InterruptedException {
        try {
            var apt = new ProcessBuilder("apt-get", "install", "-y", "--no-install-recommends", "chromium")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!apt.waitFor(APT_MINUTES, TimeUnit.MINUTES)) {
                apt.destroy();
            }
        } catch (IOException noApt) {
            System.err.println("browser: " + noApt.getMessage());
        }
    }
}
