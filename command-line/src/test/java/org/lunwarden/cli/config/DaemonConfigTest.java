package org.lunwarden.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.lunwarden.cli.config.DaemonConfig.Kind;
import org.lunwarden.cli.config.DaemonConfig.Loaded;
import org.lunwarden.fleet.FleetRole;
import org.lunwarden.fleet.FleetTimings;
import org.lunwarden.fleet.audit.AuditSettings;
import org.lunwarden.fleet.failback.AutoPolicy;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.fleet.history.HistorySettings;
import org.lunwarden.io.HostFacts;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.NoPathRetry;

class DaemonConfigTest {

    private static final HostFacts WEB1 = new HostFacts("web1", "", "", false);

    @TempDir
    Path folder;

    @Test
    void withoutAFileTheDefaultsHold() {
        var settings = settings(DaemonConfig.load(Optional.empty(), Kind.NODE, WEB1));

        assertThat(settings.host().value()).isEqualTo("web1");
        assertThat(settings.audit()).isEqualTo(AuditSettings.DEFAULT);
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
                  fleet { seeds = ["127.0.0.1:1234"], names { "100000000000000a" = A } }
                }
                """));

        assertThat(settings.host().value()).isEqualTo("db7");
        assertThat(settings.fleet().orElseThrow().names()).containsEntry("100000000000000a", "A");
    }

    @Test
    void aSiteFileIsTriedOutAndRefusedByLine() throws IOException {
        var site = Files.writeString(folder.resolve("site.yaml"), "names: {array:arr1: vault, host:h1: db}\n");
        var settings = settings(loadView("""
                lunwarden.fleet { site-file = "%s", names { arr1 = safe } }
                """.formatted(site)));

        assertThat(settings.siteFile()).contains(site);
        assertThat(settings.fleet().orElseThrow().names())
                .as("what the site file says is read again and again, and these stay")
                .isEqualTo(Map.of("arr1", "safe"));
        Files.writeString(site, "names:\n  arr1: vault\n");
        assertThat(((Loaded.Broken) loadView("lunwarden.fleet.site-file = \"" + site + "\"")).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("lunwarden.fleet.site-file", "2:3: 'arr1' is not CLASS:ID"));
    }

    private Loaded loadView(String text) throws IOException {
        var file = Files.writeString(folder.resolve("view.conf"), text);
        return DaemonConfig.load(Optional.of(file), Kind.VIEW, WEB1);
    }

    @Test
    void historyIsKeptInAFolderOfTheViewsOwnUnlessAServerIsNamedOrNone() throws IOException {
        var usual = settings(DaemonConfig.load(Optional.empty(), Kind.VIEW, WEB1))
                .fleet()
                .orElseThrow();
        assertThat(usual.history())
                .contains(new HistorySettings(
                        new HistorySettings.Folder(Path.of("/var/lib/lunwarden/history/web1")), Duration.ofDays(90)));

        var server = settings(load("""
                lunwarden.history {
                  server { url = "jdbc:postgresql://db/lunwarden", user = eve, password-file = "/etc/secret" }
                  retention = 30 d
                }
                """)).fleet().orElseThrow();
        assertThat(server.history())
                .contains(new HistorySettings(
                        new HistorySettings.Server(
                                "jdbc:postgresql://db/lunwarden", "eve", Optional.of(Path.of("/etc/secret"))),
                        Duration.ofDays(30)));

        var none = settings(load("lunwarden.history.folder = \"\"")).fleet().orElseThrow();
        assertThat(none.history()).isEmpty();
    }

    @Test
    void failbacksGoAtTheUsualPaceAndNeverByThemselvesUnlessTheSiteSaysOtherwise() throws IOException {
        var usual = settings(DaemonConfig.load(Optional.empty(), Kind.VIEW, WEB1))
                .fleet()
                .orElseThrow()
                .failbacks();
        assertThat(usual.pace()).isEqualTo(FailbackSettings.DEFAULTS);
        assertThat(usual.auto().enabled()).isFalse();
        assertThat(usual.folder()).contains(Path.of("/var/lib/lunwarden/failback/web1"));

        var other = settings(load("""
                lunwarden.fleet.join = yes
                lunwarden.failback {
                  hold = 2 m, canary = 30 s, per-controller = 3, wave-percent = 10, folder = ""
                  auto { enabled = yes, calm = 1 h, from = "22:00", until = "05:30", per-day = 1 }
                }
                """)).fleet().orElseThrow().failbacks();
        assertThat(other.pace().hold()).isEqualTo(Duration.ofMinutes(2));
        assertThat(other.pace().canary()).isEqualTo(Duration.ofSeconds(30));
        assertThat(other.pace().perController()).isEqualTo(3);
        assertThat(other.pace().waveShare()).isEqualTo(0.1);
        assertThat(other.folder()).isEmpty();
        assertThat(other.auto())
                .isEqualTo(new AutoPolicy(
                        true,
                        Duration.ofHours(1),
                        LocalTime.of(22, 0),
                        LocalTime.of(5, 30),
                        ZoneId.systemDefault(),
                        1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lunwarden.host = \"a b\"                          | lunwarden.host",
                "lunwarden.http.address = 0.0.0.0                  | lunwarden.http.address",
                "lunwarden.audit.agreeing-percent = 50             | lunwarden.audit.agreeing-percent",
                "lunwarden.http.port = 99999                       | lunwarden.http.port",
                "lunwarden.http.port = many                        | lunwarden.http.port",
                "lunwarden.fleet.address = 10.0.0.1                | lunwarden.fleet.address",
                "lunwarden.fleet.cluster = \"a/b\"                 | lunwarden.fleet.cluster",
                "lunwarden.fleet.seeds = [nowhere]                 | lunwarden.fleet.seeds",
                "lunwarden.fleet.tls.key = /no/such/file           | lunwarden.fleet.tls.key",
                "lunwarden.failback.wave-percent = 0               | lunwarden.failback.wave-percent",
                "lunwarden.failback.auto.from = noon               | lunwarden.failback.auto.from",
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
    void theSitesFilesAreReadWithTheirDropInsAndWhatIsDoubtfulIsRemarked() throws IOException {
        var main = Files.writeString(
                folder.resolve("m.conf"),
                "defaults {\nfailback 10\nstrict_timing yes\nenable_foreign nvme\nnonsense 1\n}\n");
        Files.writeString(
                Files.createDirectory(folder.resolve("d")).resolve("x.conf"), "defaults {\nno_path_retry 4\n}\n");

        var settings = settings(load(named(main, folder.resolve("d"))));

        var map = settings.site().map(new Wwid("3600a"), Optional.empty());
        assertThat(map.failback()).isEqualTo(new Failback.Deferred(Duration.ofSeconds(10)));
        assertThat(map.noPathRetry()).isEqualTo(new NoPathRetry.Retry(4));
        assertThat(settings.remarks())
                .containsExactly(
                        main
                                + ":3:1: warning: strict_timing has no effect: Each path has a timer of its own, and no check"
                                + " of another can hold it up.",
                        main + ":5:1: error: nonsense is no keyword, ignored",
                        "enable_foreign is not offered yet (" + main + ":4:1)");
    }

    @Test
    void aSitesFileThatIsRefusedIsAProblemWithItsLine() throws IOException {
        var main = Files.writeString(folder.resolve("m.conf"), "blacklist {\nwwid \"(\"\n}\n");

        assertThat(problems(load(named(main, folder.resolve("d")))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).isEqualTo(main + ":2:7");
                    assertThat(problem.what()).contains("expected");
                });
    }

    @Test
    void aSitesFileThatIsNamedMustBeThere() throws IOException {
        var none = folder.resolve("none.conf");

        assertThat(problems(load(named(none, folder.resolve("d")))))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.toString()).contains(none + ":1:1: cannot be read: no such file"));
    }

    @Test
    void aViewReadsNoFileOfPathsAndMaps() throws IOException {
        Files.writeString(folder.resolve("v.conf"), named(folder.resolve("none.conf"), folder.resolve("d")));

        var loaded = DaemonConfig.load(Optional.of(folder.resolve("v.conf")), Kind.VIEW, WEB1);

        assertThat(settings(loaded).remarks()).isEmpty();
    }

    private static String named(Path main, Path dropIns) {
        return "lunwarden.multipath-conf { file = \"%s\", drop-ins = \"%s\" }\n".formatted(main, dropIns);
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
                lunwarden.node.lock-memory = perhaps
                lunwarden.fleet.silense = 3 s
                """));

        assertThat(problems).extracting(Problem::key).contains("lunwarden.http.port", "lunwarden.node.lock-memory");
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
        var problems = problems(DaemonConfig.load(Optional.of(folder.resolve("none.conf")), Kind.NODE, WEB1));

        assertThat(problems)
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.toString()).contains("none.conf").contains("cannot be read"));
    }

    @Test
    void aViewIsAMemberWhateverTheFileSays() throws IOException {
        Files.writeString(folder.resolve("v.conf"), "lunwarden.fleet.join = no");
        var settings = settings(DaemonConfig.load(
                Optional.of(folder.resolve("v.conf")), Kind.VIEW, new HostFacts("view1", "", "", false)));

        assertThat(settings.fleet().orElseThrow().roles()).containsExactly(FleetRole.VIEW);
    }

    private Loaded load(String text) throws IOException {
        var file = folder.resolve("lunwarden.conf");
        Files.writeString(file, text);
        return DaemonConfig.load(Optional.of(file), Kind.NODE, WEB1);
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
