package org.lunwarden.deploy.lab;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Real kernels for the tests of one class: {@code @RegisterExtension static final Lab lab = new Lab()}.
 *
 * <p>Where the lab cannot be had, the class is skipped and one line says why. The system property
 * {@code lunwarden.lab=off} skips always, {@code lunwarden.lab=required} fails instead of skipping. Guests live until
 * the class is done, and never longer than this JVM or 20 minutes. When a test fails, the guests' consoles and logs are
 * copied to {@code target/lab-logs/CLASS/TEST}, and the failure tells what the daemons said last.
 */
public final class Lab
        implements BeforeAllCallback,
                AfterAllCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String WISH = System.getProperty("lunwarden.lab", "auto");
    /** Exit status of a script that cannot do its work on this machine. */
    private static final int NOT_HERE = 77;

    private final CopyOnWriteArrayList<Guest> guests = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<San> sans = new CopyOnWriteArrayList<>();
    private String tests = "";
    private final Thread lastResort = new Thread(this::powerOff, "lab-power-off");

    @Override
    public void beforeAll(ExtensionContext context) {
        tests = context.getDisplayName();
        if (WISH.equals("off")) {
            unavailable("lab: switched off by -Dlunwarden.lab=off");
        }
        Kit.provision().ifPresent(this::unavailable);
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** Boots a guest; returns when it answers and its disks are there. */
    public Guest boot(GuestSpec spec) {
        String name = unique(spec.name());
        Guest guest = new Guest(name);
        guests.add(guest);
        Kit.boot(name, spec.options()).output();
        return guest;
    }

    /** Boots an array with {@code luns} units and hosts that are logged in to it over both fabrics. */
    public San san(int hosts, int luns) {
        String name = unique("san");
        San san = new San(name, hosts);
        sans.add(san);
        guests.addAll(san.guests());
        Ran up = Kit.san("up", name, Integer.toString(hosts), Integer.toString(luns));
        if (up.exit() == NOT_HERE) {
            unavailable(up.err().strip());
        }
        up.output();
        return san;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (Runtime.getRuntime().removeShutdownHook(lastResort)) {
            powerOff();
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable cause) throws Throwable {
        throw failed(context, cause);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable cause) throws Throwable {
        throw failed(context, cause);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable cause) throws Throwable {
        throw failed(context, cause);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable cause) throws Throwable {
        throw failed(context, cause);
    }

    private Throwable failed(ExtensionContext context, Throwable cause) {
        if (cause instanceof TestAbortedException) {
            return cause;
        }
        collect(context);
        String words = guests.stream().map(LastWords::of).collect(joining());
        return words.isEmpty() ? cause : new AssertionError(cause.getMessage() + "\n" + words, cause);
    }

    private void unavailable(String reason) {
        if (WISH.equals("required")) {
            throw new AssertionError(reason);
        }
        System.err.println("SKIPPED " + tests + ": " + reason);
        throw new TestAbortedException(reason);
    }

    private static String unique(String name) {
        return name + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    }

    private void powerOff() {
        sans.forEach(San::down);
        Kit.stop(guests.stream().map(Guest::name).toList());
        sans.clear();
        guests.clear();
    }

    private void collect(ExtensionContext context) {
        Path folder = Path.of(
                        "target/lab-logs",
                        context.getRequiredTestClass().getSimpleName(),
                        context.getTestMethod().map(method -> method.getName()).orElse("start"))
                .toAbsolutePath();
        guests.forEach(guest -> collect(guest, folder.resolve(guest.name())));
        System.err.println("lab: consoles and logs of " + context.getDisplayName() + " are in " + folder);
    }

    private static void collect(Guest guest, Path folder) {
        guest.run(
                Duration.ofSeconds(20),
                "(dmesg; dmsetup table; dmsetup status; grep . /sys/block/sd*/device/state; ps ax) >/lab/run/state.log 2>&1");
        try (Stream<Path> files = Files.list(guest.shared())) {
            Files.createDirectories(folder);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException broken) {
            System.err.println("lab: no logs of " + guest.name() + ": " + broken);
        }
    }
}
