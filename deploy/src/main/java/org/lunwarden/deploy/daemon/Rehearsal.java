package org.lunwarden.deploy.daemon;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.node.Node;

/**
 * Loads the classes of the host half, and those that they name, while all is well, see
 * {@code docs/decisions/classes-before-the-failure.md}. They would else be read from a disk
 * when something fails for the first time, and that disk may be the one that failed. Locked memory is no help: a jar is
 * not mapped but read, piece by piece.
 *
 * <p>It begins after the first look at the disks and takes its time. Nothing is initialised, so no native library is
 * opened; only own classes are linked.
 */
public final class Rehearsal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int STATUS_SECONDS = 10;
    private static final int AT_ONCE = 16;
    private static final Duration BREATH = Duration.ofMillis(10);

    /** One class of each part of the host half, by name: some are not ours to depend on. */
    private static final List<String> PARTS = List.of(
            "org.lunwarden.model.Wwid",
            "org.lunwarden.io.HostPorts",
            "org.lunwarden.path.PathActor",
            "org.lunwarden.map.MapActor",
            "org.lunwarden.node.Node",
            "org.lunwarden.deploy.daemon.Daemon");

    /** Foreign packages whose classes are asked what they name, too: what restarts, ends and logs. */
    private static final List<String> FOLLOWED = List.of("org.apache.pekko.actor.", "org.slf4j.");

    private static final List<String> NOT_OF_A_HOST =
            List.of("org.lunwarden.io.simulated.", "org.lunwarden.deploy.demo.");

    private final Thread thread;

    private Rehearsal(Runnable work) {
        thread = new Thread(work, "rehearsal");
        thread.setDaemon(true);
    }

    /**
     * @param loaded how many, own and foreign ones
     * @param missing what could not be loaded, by name
     */
    record Outcome(int loaded, Set<String> missing) {}

    /** Runs in a thread of its own, when there is a node. */
    public static Rehearsal begin(Optional<Node> node) {
        var rehearsal = new Rehearsal(() -> node.ifPresent(Rehearsal::run));
        rehearsal.thread.start();
        return rehearsal;
    }

    private static void run(Node node) {
        try {
            while (!hasLooked(node)) {
                Thread.sleep(LOOK.toMillis());
            }
            var start = System.nanoTime();
            var outcome =
                    load(Rehearsal.class.getClassLoader(), roots(), () -> LockSupport.parkNanos(BREATH.toNanos()));
            LOG.info(
                    "{} classes are at hand after {} ms, {} are not",
                    outcome.loaded(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                    outcome.missing().size());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | URISyntaxException | ClassNotFoundException unreadable) {
            LOG.warn("classes are loaded when they are needed first, not ahead: {}", unreadable.toString());
        }
    }

    private static boolean hasLooked(Node node) throws InterruptedException {
        try {
            return node.status()
                            .toCompletableFuture()
                            .get(STATUS_SECONDS, TimeUnit.SECONDS)
                            .discovery()
                            .looks()
                    > 0;
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        }
    }

    /** Where the classes of the host half lie: jars, or folders in a build. */
    static Set<Path> roots() throws URISyntaxException, ClassNotFoundException {
        var roots = new LinkedHashSet<Path>();
        for (var part : PARTS) {
            var type = Class.forName(part, false, Rehearsal.class.getClassLoader());
            roots.add(Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        return roots;
    }

    /** @param breathe called between portions */
    static Outcome load(ClassLoader loader, Set<Path> roots, Runnable breathe) throws IOException {
        var waiting = new TreeSet<String>();
        for (var root : roots) {
            waiting.addAll(ownClasses(root));
        }
        var own = Set.copyOf(waiting);
        var met = new HashSet<>(waiting);
        var missing = new TreeSet<String>();
        var done = 0;
        while (!waiting.isEmpty()) {
            var name = Objects.requireNonNull(waiting.pollFirst());
            if (!isLoaded(loader, name, own.contains(name))) {
                missing.add(name);
            } else if (own.contains(name) || FOLLOWED.stream().anyMatch(name::startsWith)) {
                namedBy(loader, name).stream().filter(met::add).forEach(waiting::add);
            }
            if (++done % AT_ONCE == 0) {
                breathe.run();
            }
        }
        return new Outcome(met.size() - missing.size(), missing);
    }

    private static Set<String> namedBy(ClassLoader loader, String name) throws IOException {
        try (var file = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            return file == null ? Set.of() : ClassFile.namedBy(file);
        }
    }

    private static boolean isLoaded(ClassLoader loader, String name, boolean link) {
        try {
            var type = Class.forName(name, false, loader);
            if (link) {
                // asking a class for its methods links it, and loads what they take and give
                var unused = type.getDeclaredMethods();
            }
            return true;
        } catch (ClassNotFoundException | LinkageError optional) {
            return false;
        }
    }

    private static Set<String> ownClasses(Path root) throws IOException {
        if (Files.isDirectory(root)) {
            try (var files = Files.walk(root)) {
                return ownClasses(files.map(file -> root.relativize(file).toString()));
            }
        }
        try (var jar = new JarFile(root.toFile())) {
            return ownClasses(jar.stream().map(JarEntry::getName));
        }
    }

    private static Set<String> ownClasses(Stream<String> files) {
        return files.filter(file -> file.startsWith("org/lunwarden/") && file.endsWith(".class"))
                .map(file ->
                        file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                .filter(name -> !name.endsWith(".package-info")
                        && NOT_OF_A_HOST.stream().noneMatch(name::startsWith))
                .collect(Collectors.toSet());
    }

    /** Ends it, wherever it is. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
