package org.lunwarden.deploy.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ports' contract tests, run against the linux adapter in a guest; the simulated twin passed the same ones before. */
@Tag("lab")
class ContractsInGuestIT {
    private static final Path TESTS =
            Path.of("../host-io/target/test-classes").toAbsolutePath().normalize();

    @RegisterExtension
    static final Lab lab = new Lab();

    @Test
    void theLinuxAdapterKeepsTheContracts() throws IOException {
        Guest guest = lab.boot(GuestSpec.named("contracts").withDisks(4, 2));

        Ran tests = guest.junit(Duration.ofMinutes(10), classpath(), Optional.of("kernel"), kernelTests());

        assertThat(tests.exit()).as("%s%s", tests.out(), tests.err()).isZero();
        System.out.println(tests.out());
    }

    private static List<String> kernelTests() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            List<String> classes = files.map(file -> TESTS.relativize(file).toString())
                    .filter(name -> name.endsWith("KernelTest.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
            assertThat(classes).as("kernel tests in " + TESTS).isNotEmpty();
            return classes;
        }
    }

    private static List<Path> classpath() {
        List<Path> path = new ArrayList<>(List.of(TESTS));
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            path.add(Path.of(entry).toAbsolutePath());
        }
        return path;
    }
}
