package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.io.Disk;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.SanBuilder.ArrayPort;
import org.lunwarden.io.simulated.SanBuilder.Plug;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.model.DeviceName;

class ConfigCommandTest {

    private static final Plug FABRIC_A = new Plug("A", 1);

    @TempDir
    Path folder;

    private final RecordingLaunch launch = new RecordingLaunch();

    @RegisterExtension
    final Terminal terminal = new Terminal();

    private final SimulatedSan san = SimulatedSan.builder()
            .fabric("A", 1)
            .array("array1", List.of(new ArrayPort(1, FABRIC_A)), 2, 2048)
            .host("web1", FABRIC_A)
            .build();

    @AfterEach
    void restore() {
        san.close();
    }

    @Test
    void everyProblemOfEveryFileIsToldWithItsPlaceAndWhatWasExpected() throws Exception {
        var one = write("one.conf", "defaults {\n\tfailback tomorrow\n\tpoling_interval 5\n}\n");
        var other = write("two.conf", "blacklist {\n\tdevnode \"sd[\"\n}\ndefaults {\n\tprio nonsense\n}\n");

        var exit = run("config", "check", one.toString(), other.toString());

        assertThat(exit).isEqualTo(LunwardenCommand.BAD_CONFIGURATION);
        assertThat(outLines())
                .anyMatch(line -> line.startsWith(one + ":2:") && line.contains("; expected "))
                .anyMatch(line -> line.startsWith(one + ":3:") && line.contains("polling_interval"))
                .anyMatch(line -> line.startsWith(other + ":2:") && line.contains("fatal: "))
                .anyMatch(line -> line.startsWith(other + ":5:"));
    }

    @Test
    void warningsAreToldAndAreNoErrors() throws Exception {
        var file = write("m.conf", "defaults {\n\tfailback 5\n\tfailback 6\n}\n");

        assertThat(run("config", "check", file.toString())).isZero();
        assertThat(outLines()).anyMatch(line -> line.startsWith(file + ":3:") && line.contains("warning: "));
        assertThat(outLines()).contains("0 error(s), 1 warning(s)");
    }

    @Test
    void eachKeywordThatIsUnderstoodAndNotDoneIsWarnedOfAtItsPlace() throws Exception {
        var file = write("m.conf", """
                defaults {
                	partition_delimiter -part
                	failback 5
                	enable_foreign nvme
                	uxsock_timeout 9000
                	find_multipaths_timeout 7
                	failback tomorrow
                }
                devices {
                	device {
                		vendor V
                		product P
                		vpd_vendor hp3par
                		all_tg_pt yes
                	}
                }
                multipaths {
                	multipath {
                		wwid 3600a
                		reservation_key 0x7
                	}
                }
                """);

        run("config", "check", file.toString());

        var notOffered = outLines().stream()
                .filter(line -> line.contains("warning: ") && line.contains(" is not offered yet"))
                .map(line -> line.replaceAll(" is not offered yet.*", ""))
                .toList();
        assertThat(notOffered)
                .containsExactly(
                        file + ":2:2: warning: partition_delimiter",
                        file + ":4:2: warning: enable_foreign",
                        file + ":5:2: warning: uxsock_timeout",
                        file + ":6:2: warning: find_multipaths_timeout",
                        file + ":13:3: warning: vpd_vendor",
                        file + ":14:3: warning: all_tg_pt",
                        file + ":20:3: warning: reservation_key");
        assertThat(outLines()).element(4).asString().startsWith(file + ":7:2: ");
    }

    @Test
    void whatIsDoneOrAsksForNothingIsNoReasonToWarn() throws Exception {
        var file = write("m.conf", "defaults {\n\tfailback 5\n\tall_tg_pt no\n\tretrigger_tries 4\n}\n");

        assertThat(run("config", "check", file.toString())).isZero();
        assertThat(outLines()).containsExactly("0 error(s), 0 warning(s)");
    }

    @Test
    void aFileToCheckThatIsNotThereIsAnError() {
        var missing = folder.resolve("mutlipath.conf");

        assertThat(run("config", "check", missing.toString())).isEqualTo(LunwardenCommand.BAD_CONFIGURATION);
        assertThat(outText()).contains(missing + ":1:1: fatal: cannot be read: no such file");
    }

    @Test
    void dropInsAreCheckedTooEvenBehindAMainFileThatIsRefused() throws Exception {
        var file = write("m.conf", "blacklist {\n\twwid \"(\"\n}\n");
        var dropIn = write("conf.d/10-site.conf", "defaults {\n\tno_path_retry never\n}\n");
        write("conf.d/10-site.conf.orig", "defaults {\n\tfailback tomorrow\n}\n");
        Files.createDirectory(folder.resolve("conf.d/folder.conf"));

        var exit = run(
                "config",
                "check",
                "--file",
                file.toString(),
                "--drop-ins",
                folder.resolve("conf.d").toString());

        assertThat(exit).isEqualTo(LunwardenCommand.BAD_CONFIGURATION);
        assertThat(outLines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith(file + ":2:"))
                .anyMatch(line -> line.startsWith(dropIn + ":2:"))
                .anyMatch(
                        line -> line.startsWith(folder.resolve("conf.d/folder.conf") + ":1:1: fatal: cannot be read"));
    }

    @Test
    void whatIsShownLoadsToIdenticalText() throws Exception {
        var file = write("m.conf", """
                defaults {
                	max_polling_interval 30
                	alias_prefix san
                }
                devices {
                	device {
                		vendor NETAPP
                		product LUN
                		prio ontap
                	}
                }
                """);
        write("conf.d/a.conf", "blacklist {\n\tprotocol \"scsi:usb\"\n}\n");

        assertThat(run(
                        "config",
                        "show",
                        "-f",
                        file.toString(),
                        "-d",
                        folder.resolve("conf.d").toString()))
                .isZero();
        var shown = outText();
        terminal.clear();
        var again = write("again.conf", shown);

        assertThat(run("config", "show", "-f", again.toString())).isZero();
        assertThat(outText()).isEqualTo(shown);
        assertThat(shown).contains("alias_prefix \"san\"", "protocol \"scsi:usb\"", "prio \"ontap\"");
    }

    @Test
    void theBuiltInBlacklistFollowsTheKernelsOwnMultipathOfNvme() throws Exception {
        var file = write("m.conf", "");

        run("config", "show", "-f", file.toString());
        assertThat(outText()).contains("devnode \"!^(sd[a-z]|dasd[a-z]|nvme[0-9])\"");
        terminal.clear();
        launch.nativeNvme = true;

        run("config", "show", "-f", file.toString());
        assertThat(outText()).contains("devnode \"!^(sd[a-z]|dasd[a-z])\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "show --local", "explain --path sdb", "explain --map m"})
    void aMainFileThatIsRefusedShowsNothing(String command) throws Exception {
        var file = write("m.conf", "blacklist {\n\twwid \"(\"\n}\n");

        var exit = run(("config " + command + " -f " + file).split(" ", -1));

        assertThat(exit).isEqualTo(LunwardenCommand.BAD_CONFIGURATION);
        assertThat(terminal.err()).contains(file + ":2:");
        assertThat(outText()).isEmpty();
    }

    @Test
    void ofEntriesOnlyThoseOfLocalDevicesAndMapsAreShown() throws Exception {
        var host = local();
        var path = path(host);
        var file = write("m.conf", """
                devices {
                	device {
                		vendor "%s"
                		product "%s"
                		failback 17
                	}
                	device {
                		vendor ABSENT
                		product ".*"
                	}
                }
                multipaths {
                	multipath {
                		wwid %s
                		alias here
                	}
                	multipath {
                		wwid 3600000000000000000000000000000000
                		alias elsewhere
                	}
                }
                """.formatted(
                        path.vendor(), path.product(), path.udev().get("ID_SERIAL")));

        assertThat(run("config", "show", "--local", "-f", file.toString())).isZero();
        var shown = outText();
        assertThat(shown).contains("failback 17", "alias \"here\"").doesNotContain("ABSENT", "elsewhere", "COMPELNT");
        terminal.clear();

        var again = write("again.conf", shown);
        assertThat(run("config", "show", "--local", "-f", again.toString())).isZero();
        assertThat(outText()).isEqualTo(shown);
    }

    @Test
    void aPathIsExplainedWithThePlaceOfEachSettingAndWhatItOverrode() throws Exception {
        var path = path(local());
        var file = write("m.conf", """
                defaults {
                	path_checker directio
                	max_polling_interval 40
                	prio none
                }
                devices {
                	device {
                		vendor "%s"
                		product "%s"
                		fast_io_fail_tmo 11
                	}
                }
                overrides {
                	path_checker readsector0
                	protocol {
                		type "scsi:fcp"
                		fast_io_fail_tmo 7
                	}
                }
                """.formatted(path.vendor(), path.product()));

        assertThat(run("config", "explain", "--path", "/dev/" + path.name(), "-f", file.toString()))
                .isZero();

        assertThat(outText())
                .contains(
                        "path " + path.name() + ": ",
                        "protocol scsi:fcp",
                        "WWID " + path.udev().get("ID_SERIAL"))
                .contains("not blacklisted: exception of property \"(SCSI_IDENT_|ID_WWN)\" (built in)");
        assertThat(outLines())
                .containsSubsequence(
                        line("path_checker \"readsector0\"", "overrides, " + file + ":14:2"),
                        line("    not \"directio\"", "defaults, " + file + ":2:2"),
                        line("    not \"tur\"", "built in"))
                .containsSubsequence(
                        line("fast_io_fail_tmo 7", "overrides/protocol, " + file + ":17:3"),
                        line("    not 11", "devices, " + file + ":10:3"),
                        line("    not 5", "built in"))
                .contains(line("polling_interval 10", "defaults, follows from max_polling_interval"))
                .contains("note: prio none is not offered yet, const is used");
    }

    @Test
    void whatBecomesOfTheTransportsTimeoutsIsTold() throws Exception {
        var path = path(local());
        var file = write("m.conf", "defaults {\n\tno_path_retry queue\n}\noverrides {\n\tdev_loss_tmo 61\n}\n");

        assertThat(run("config", "explain", "--path", path.name().value(), "-f", file.toString()))
                .isZero();

        assertThat(outLines())
                .contains(line("dev_loss_tmo 61", "overrides, " + file + ":5:2"))
                .contains("note: dev_loss_tmo 61 is shorter than no_path_retry, 2147483647 is used")
                .contains(
                        "note: checker_timeout is not set: a check may take 30 s, as the kernel lets a command of the disk")
                .contains("note: lunwarden why " + path.name()
                        + " tells by what the daemon checks and rates it, what was detected included")
                .anyMatch(line -> line.startsWith("note: the daemon keeps in sysfs: fast_io_fail_tmo 5")
                        && line.contains("dev_loss_tmo 2147483647 ("));
    }

    @Test
    void aBlacklistedPathSaysByWhichRule() throws Exception {
        var path = path(local());
        var file = write("m.conf", "blacklist {\n\tprotocol \"scsi:fcp\"\n}\n");

        run("config", "explain", "--path", path.name().value(), "-f", file.toString());

        assertThat(outText()).contains("blacklisted by protocol \"scsi:fcp\" (" + file + ":2:2)");
    }

    @Test
    void aMapIsExplainedByNameWwidAndAlias() throws Exception {
        var host = local();
        var path = path(host);
        var wwid = path.udev().getOrDefault("ID_SERIAL", "");
        var table = List.of(
                new Target(0, path.sizeSectors(), "multipath", "0 0 1 1 service-time 0 1 1 " + path.device() + " 1"));
        host.deviceMapper().create("data", "mpath-" + wwid, false, table, UdevFlags.NONE);
        var file = write("m.conf", """
                defaults {
                	failback immediate
                	features "1 queue_if_no_path"
                }
                multipaths {
                	multipath {
                		wwid %s
                		alias erp
                		failback 30
                	}
                }
                """.formatted(wwid));

        for (var name : List.of("data", wwid, "erp")) {
            terminal.clear();
            assertThat(run("config", "explain", "--map", name, "-f", file.toString()))
                    .isZero();
            assertThat(outText()).contains("WWID " + wwid, "by its path " + path.name() + ": ");
            assertThat(outLines())
                    .contains(line("alias \"erp\"", "multipaths, " + file + ":8:3"))
                    .containsSubsequence(
                            line("failback 30", "multipaths, " + file + ":9:3"),
                            line("    not \"immediate\"", "defaults, " + file + ":2:2"))
                    .contains(line("no_path_retry \"queue\"", "defaults, features at " + file + ":3:2"));
        }
    }

    @Test
    void aDiskOrMapThatIsNotThereIsSaidSo() throws Exception {
        local();
        var file = write("m.conf", "").toString();

        assertThat(run("config", "explain", "--path", "sdzz", "-f", file)).isEqualTo(1);
        assertThat(run("config", "explain", "--map", "nosuch", "-f", file)).isEqualTo(1);
        assertThat(terminal.err()).contains("sdzz", "find map nosuch: neither a multipath map");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config",
                "config nonsense",
                "config explain",
                "config explain --path sda --map m",
                "config explain --path a/b",
                "config show sda"
            })
    void whatIsNotUnderstoodIsUsage(String line) throws Exception {
        local();
        var words = line.contains("a/b") ? line + " -f " + write("m.conf", "") : line;

        assertThat(run(words.split(" ", -1))).isEqualTo(2);
        assertThat(terminal.err()).isNotBlank();
    }

    @Test
    void helpOfEachCommandNamesItsOptions() {
        for (var command : List.of("check", "show", "explain")) {
            terminal.clear();
            assertThat(run("config", command, "--help")).isZero();
            assertThat(outText()).contains("--file", "--drop-ins", "lunwarden config " + command);
        }
    }

    private HostPorts local() {
        var host = san.host("web1");
        launch.host = Optional.of(host);
        return host;
    }

    /** The first disk that is a path. */
    private static Disk path(HostPorts host) {
        return host.blockDevices().look().list() instanceof IoResult.Ok<List<Listed>>(var listed)
                        && host.blockDevices().disk(name(listed)) instanceof IoResult.Ok<Disk>(var disk)
                ? disk
                : Assertions.fail("the twin has no disk");
    }

    private static DeviceName name(List<Listed> listed) {
        return listed.get(1).name();
    }

    private Path write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(folder.resolve("conf.d"));
        return Files.writeString(file, text);
    }

    private static String line(String what, String place) {
        return String.format("%-46s  %s", what, place);
    }

    private int run(String... words) {
        return LunwardenCommand.run(launch, words);
    }

    private String outText() {
        return terminal.out();
    }

    private List<String> outLines() {
        return outText().lines().toList();
    }
}
