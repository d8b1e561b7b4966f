package org.lunwarden.deploy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.lunwarden.deploy.lab.Jvm;

/**
 * Three views and some hosts over a real network that is cut, and processes that are killed. Two scenarios; {@code
 * -Dlunwarden.net=all} runs all of them with twenty hosts, a process and an interface each, and the timings of a site; names,
 * separated by commas, those alone. Skipped where no namespaces can be had: {@code -Dlunwarden.lab=required} makes that a failure.
 */
@Tag("lab")
class FleetOverNetworkIT {

    private static final String WISH = System.getProperty("lunwarden.lab", "auto");
    private static final String WHICH = System.getProperty("lunwarden.net", "short");
    private static final Path LOGS = Path.of("target/net");
    /** Exit status of a script that cannot do its work on this machine. */
    private static final int NOT_HERE = 77;

    private final List<String> told = new ArrayList<>();

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whateverIsCutOrKilledNothingIsLostAndNothingIsToldTwice() throws Exception {
        if (WISH.equals("off")) {
            abort("switched off by -Dlunwarden.lab=off");
        }
        var isShort = WHICH.equals("short");
        var command = new ArrayList<>(List.of("lab/net"));
        command.addAll(List.of(Jvm.command().split(" ", -1)));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                NetRun.class.getName(),
                LOGS.toString(),
                isShort ? "8" : "20",
                isShort ? "2" : "1",
                isShort ? "4" : "20"));
        command.addAll(List.of(WHICH.split(",", -1)));

        var exit = run(command, isShort ? Map.of() : Map.of("LUNWARDEN_CLOCK", clock()));

        told.forEach(System.out::println);
        if (exit == NOT_HERE) {
            unavailable(String.join(" ", told));
        }
        assertThat(exit).as("%s; logs are in %s", told, LOGS.toAbsolutePath()).isZero();
        assertThat(told).filteredOn(line -> line.contains(" holds ")).isNotEmpty();
    }

    private int run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            process.inputReader().lines().forEach(told::add);
            return process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Empty when the library cannot be had; the scenario that needs it fails then. */
    private static String clock() throws IOException, InterruptedException {
        var script = new ProcessBuilder("lab/clock")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var path = new String(script.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
        return script.waitFor() == 0 ? path : "";
    }

    private static void unavailable(String reason) {
        if (WISH.equals("required")) {
            fail(reason);
        }
        System.err.println("SKIPPED " + FleetOverNetworkIT.class.getSimpleName() + ": " + reason);
        abort(reason);
    }
}
