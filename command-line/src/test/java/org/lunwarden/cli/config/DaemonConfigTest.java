package org.lunwarden.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.lunwarden.cli.config.DaemonConfig.Kind;
import org.lunwarden.cli.config.DaemonConfig.Loaded;
import org.lunwarden.conf.BuiltInDefaults;
import org.lunwarden.conf.Keywords;
import org.lunwarden.fleet.FleetRole;
import org.lunwarden.fleet.FleetTimings;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.NoPathRetry;

class DaemonConfigTest {

    @TempDir
    Path folder;

    @Test
    void withoutAFileTheDefaultsHold() {
        var settings = settings(DaemonConfig.load(Optional.empty(), Kind.NODE, "web1"));

        assertThat(settings.host().value()).isEqualTo("web1");
        assertThat(settings.paths()).isEqualTo(BuiltInDefaults.path());
        assertThat(settings.maps()).isEqualTo(BuiltInDefaults.map());
        assertThat(settings.fleet()).hasValueSatisfying(fleet -> {
            assertThat(fleet.roles()).containsExactly(FleetRole.HOST);
            assertThat(fleet.timings()).isEqualTo(FleetTimings.DEFAULT);
        });
    }

    @Test
    void aFileChangesWhatItNames() throws IOException {
        var settings = settings(load("""
                lunwarden {
                  host = db7
                  multipath { failback = 10, polling_interval = 1 }
                  fleet { seeds = ["127.0.0.1:1234"], names { "100000000000000a" = A } }
                }
                """));

        assertThat(settings.host().value()).isEqualTo("db7");
        assertThat(settings.maps().failback()).isEqualTo(new Failback.Deferred(Duration.ofSeconds(10)));
        assertThat(settings.paths().pollingInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.fleet().orElseThrow().names()).containsEntry("100000000000000a", "A");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lunwarden.multipath.failback = tomorrow           | lunwarden.multipath.failback",
                "lunwarden.multipath.path_selector = \"fastest 1\" | lunwarden.multipath.path_selector",
                "lunwarden.multipath.polling_intervall = 5         | lunwarden.multipath.polling_intervall",
                "lunwarden.multipath.find_multipaths = greedy      | lunwarden.multipath.find_multipaths",
                "lunwarden.host = \"a b\"                          | lunwarden.host",
                "lunwarden.http.address = 0.0.0.0                  | lunwarden.http.address",
                "lunwarden.http.port = 99999                       | lunwarden.http.port",
                "lunwarden.http.port = many                        | lunwarden.http.port",
                "lunwarden.fleet.address = 10.0.0.1                | lunwarden.fleet.address",
                "lunwarden.fleet.cluster = \"a/b\"                 | lunwarden.fleet.cluster",
                "lunwarden.fleet.seeds = [nowhere]                 | lunwarden.fleet.seeds",
                "lunwarden.fleet.tls.key = /no/such/file           | lunwarden.fleet.tls.key",
                "lunwarden.node.look-again = 1 ms                  | lunwarden.node.look-again",
                "lunwarden.node.lock-memory = perhaps              | lunwarden.node.lock-memory",
            })
    void whatIsWrongIsToldWithFileLineAndKey(String line, String key) throws IOException {
        var problems = problems(load("# first line\n\n" + line + "\n"));

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.where()).isEqualTo(folder.resolve("lunwarden.conf") + ":3");
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.what()).isNotBlank();
        });
    }

    @Test
    void whatOneKeywordMeansMayDependOnWhetherAnotherWasGiven() throws IOException {
        var queueing = settings(load("lunwarden.multipath.features = \"1 queue_if_no_path\""));
        var quick = settings(load("lunwarden.multipath.polling_interval = 1"));
        var slow = settings(load("lunwarden.multipath.polling_interval = 30"));

        assertThat(queueing.maps().noPathRetry()).isEqualTo(new NoPathRetry.Queue());
        assertThat(quick.paths().maxPollingInterval()).isEqualTo(Duration.ofSeconds(4));
        assertThat(slow.paths().pollingInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(slow.paths().maxPollingInterval()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void theReferenceDocumentsEveryKeywordWithItsDefault() {
        var documented = ConfigFactory.parseResources(DaemonConfig.class.getClassLoader(), "lunwarden-reference.conf")
                .getConfig("lunwarden.multipath");
        var keywords = new TreeMap<String, String>();
        documented.entrySet().forEach(entry -> keywords.put(entry.getKey(), documented.getString(entry.getKey())));
        var settled = Keywords.settle(keywords);

        assertThat(settled.complaints()).isEmpty();
        assertThat(settled.path()).isEqualTo(BuiltInDefaults.path());
        assertThat(settled.map()).isEqualTo(BuiltInDefaults.map());
    }

    @Test
    void aMisspeltRootIsNoticed() throws IOException {
        var problems = problems(load("lunwrden { host = db7 }"));

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo("lunwrden"));
    }

    @Test
    void aKeyThatIsNoRsaKeyIsFoundBeforeAnythingIsStarted() throws IOException {
        var key = folder.resolve("key.pem");
        Files.writeString(key, "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");

        var problems = problems(load("lunwarden.fleet.tls.key = \"" + key + "\""));

        assertThat(problems).anySatisfy(problem -> assertThat(problem.what()).contains("RSA key"));
    }

    @Test
    void allProblemsAreFoundInOneRun() throws IOException {
        var problems = problems(load("""
                lunwarden.http.port = -1
                lunwarden.multipath.prio = best
                lunwarden.fleet.silense = 3 s
                """));

        assertThat(problems).extracting(Problem::key).contains("lunwarden.http.port", "lunwarden.multipath.prio");
        assertThat(problems)
                .anySatisfy(problem -> assertThat(problem.what()).contains("did you mean lunwarden.fleet.silence?"));
    }

    @Test
    void textThatIsNoHoconIsToldWithItsLine() throws IOException {
        var problems = problems(load("lunwarden {\n  host = db7\n  fleet { join = no\n"));

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.where())
                        .startsWith(folder.resolve("lunwarden.conf").toString()));
    }

    @Test
    void aFileThatIsNotThereIsAProblem() {
        var problems = problems(DaemonConfig.load(Optional.of(folder.resolve("none.conf")), Kind.NODE, "web1"));

        assertThat(problems)
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.toString()).contains("none.conf").contains("cannot be read"));
    }

    @Test
    void aViewIsAMemberWhateverTheFileSays() throws IOException {
        Files.writeString(folder.resolve("v.conf"), "lunwarden.fleet.join = no");
        var settings = settings(DaemonConfig.load(Optional.of(folder.resolve("v.conf")), Kind.VIEW, "view1"));

        assertThat(settings.fleet().orElseThrow().roles()).containsExactly(FleetRole.VIEW);
    }

    private Loaded load(String text) throws IOException {
        var file = folder.resolve("lunwarden.conf");
        Files.writeString(file, text);
        return DaemonConfig.load(Optional.of(file), Kind.NODE, "web1");
    }

    private static DaemonSettings settings(Loaded loaded) {
        assertThat(loaded).isInstanceOf(Loaded.Settings.class);
        return ((Loaded.Settings) loaded).settings();
    }

    private static List<Problem> problems(Loaded loaded) {
        assertThat(loaded).isInstanceOf(Loaded.Broken.class);
        return ((Loaded.Broken) loaded).problems();
    }
}
