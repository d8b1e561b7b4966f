package org.lunwarden.node.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.MapKeywords;
import org.lunwarden.conf.value.PathKeywords;
import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.HardwareHandler;
import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.NoPathRetry;

class SiteDiskTest {

    private static final PortFacts FC = new PortFacts.Fc("", "", "", "", "", "", "", "", "", "", "", "", "");
    private static final Map<String, String> KNOWN = Map.of("ID_SERIAL", "3600a", "ID_WWN", "0x600a");

    static Stream<Arguments> protocols() { // ports, udev's ID_BUS -> protocol
        return Stream.of(
                arguments(FC, "scsi", "scsi:fcp"),
                arguments(new PortFacts.Iscsi("", "", "", "", "", "", "", "", "", ""), "scsi", "scsi:iscsi"),
                arguments(new PortFacts.Sas("", "", "", "", "", ""), "ata", "scsi:sas"),
                arguments(new PortFacts.Opaque("ahci", 0), "ata", "scsi:ata"),
                arguments(new PortFacts.Opaque("usb-storage", 0), "usb", "scsi:usb"),
                arguments(new PortFacts.Opaque("uas", 0, PortFacts.Bus.USB), "ata", "scsi:usb"),
                arguments(new PortFacts.Opaque("ahci", 0, PortFacts.Bus.ATA), "scsi", "scsi:ata"),
                arguments(new PortFacts.Opaque("ib_srp", 0), "scsi", "scsi:srp"),
                arguments(new PortFacts.Opaque("scsi_debug", 0), "", "scsi:unspec"),
                arguments(nvme("tcp"), "", "nvme:tcp"),
                arguments(nvme(""), "", "nvme:unspec"),
                arguments(nvme("tcp/../x"), "", "nvme:unspec"));
    }

    private static PortFacts nvme(String transport) {
        return new PortFacts.Nvme("nvme0", transport, "", "", "", "", "", 1, "", "");
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void aProtocolFollowsFromThePorts(PortFacts ports, String bus, String protocol) {
        assertThat(SiteDisk.protocol(disk(ports, Map.of("ID_BUS", bus)))).isEqualTo(protocol);
    }

    @Test
    void theWwidIsThePropertyThatTheConfigurationNamesForTheDevice() {
        var conf = conf("""
                devices {
                    device {
                        vendor VENDOR
                        product PRODUCT
                        uid_attribute MY_ID
                    }
                }
                multipaths {
                    multipath {
                        wwid mine
                        failback immediate
                    }
                }
                """);

        var disk = SiteDisk.of(conf, disk(FC, Map.of("ID_SERIAL", "3600a", "MY_ID", "mine")));

        assertThat(disk.wwid()).contains(new Wwid("mine"));
        assertThat(disk.precedence().value(MapKeywords.FAILBACK)).contains(new Failback.Immediate());
    }

    static Stream<Arguments>
            wwids() { // uid_attribute, udev's properties -> WWID of a disk that tells 3600a0980... itself
        return Stream.of(
                arguments("", Map.of(), "3600a098038302d414b2b4d4453474f62"),
                arguments("uid_attribute \"\"", Map.of("ID_SERIAL", "doubled"), "3600a098038302d414b2b4d4453474f62"),
                arguments("uid_attribute ID_SERIAL", Map.of(), "3600a098038302d414b2b4d4453474f62"),
                arguments("uid_attribute MY_ID", Map.of("MY_ID", "mine"), "mine"),
                arguments("uid_attribute MY_ID", Map.of("ID_SERIAL", "3600a"), ""));
    }

    @ParameterizedTest
    @MethodSource("wwids")
    void aMissingPropertyIsNotReplacedByAWwidOfAnotherKind(String line, Map<String, String> udev, String wwid) {
        var disk = SiteDisk.of(conf("defaults {\n" + line + "\n}\n"), telling(udev));

        assertThat(disk.wwid().map(Wwid::value).orElse("")).isEqualTo(wwid);
    }

    @Test
    void aPropertyThatCannotBeAWwidIsNotTaken() {
        var disk = SiteDisk.of(conf(""), disk(FC, Map.of("ID_SERIAL", "a/../b")));

        assertThat(disk.wwid()).isEmpty();
    }

    @Test
    void theOverridesForTheProtocolOfADiskHold() {
        var conf = conf("overrides {\nprotocol {\ntype \"scsi:fcp\"\neh_deadline 9\n}\n}\n");

        assertThat(SiteDisk.of(conf, disk(FC, KNOWN)).precedence().explain(PathKeywords.EH_DEADLINE))
                .hasToString("eh_deadline 9 (overrides/protocol, m.conf:4:1)");
        assertThat(SiteDisk.of(conf, disk(nvme("fc"), KNOWN)).precedence().value(PathKeywords.EH_DEADLINE))
                .isEmpty();
    }

    static Stream<Arguments> judgements() { // configuration, udev's properties -> verdict in words
        return Stream.of(
                arguments("", KNOWN, "not blacklisted: exception of property \"(SCSI_IDENT_|ID_WWN)\" (built in)"),
                arguments("", Map.of(), "not blacklisted: no rule holds"),
                arguments(
                        "",
                        Map.of("ID_SERIAL", "3600a"),
                        "blacklisted by property: it has the one of its WWID, and none that an exception names"),
                arguments("blacklist {\nwwid 3600a\n}\n", KNOWN, "blacklisted by wwid \"3600a\" (m.conf:2:1)"),
                arguments(
                        "blacklist {\nproperty A_\n}\nblacklist_exceptions {\nproperty B_\n}\n",
                        Map.of("B_1", "", "A_1", ""),
                        "blacklisted by property \"A_\" (m.conf:2:1)"),
                arguments(
                        "blacklist {\nproperty B_\n}\nblacklist_exceptions {\nproperty A_\n}\n",
                        Map.of("B_1", "", "A_1", ""),
                        "not blacklisted: exception of property \"A_\" (m.conf:5:1)"),
                arguments(
                        "blacklist {\ndevice {\nvendor VEN\nproduct \"!X\"\n}\n}\n",
                        KNOWN,
                        "blacklisted by device vendor \"VEN\" product \"!X\" (m.conf:2:1)"));
    }

    @ParameterizedTest
    @MethodSource("judgements")
    void theBlacklistsVerdictNamesItsRule(String text, Map<String, String> udev, String verdict) {
        assertThat(SiteDisk.of(conf(text), disk(FC, udev)).judgement()).hasToString(verdict);
    }

    @Test
    void aSiteSaysOfADiskWhatItsConfigurationSays() {
        var conf = conf("""
                devices {
                    device {
                        vendor VEN
                        product PRO
                        failback 3
                    }
                    device {
                        vendor VENDOR
                        product PRODUCT
                        no_path_retry 2
                    }
                }
                """);
        var disk = disk(FC, KNOWN);
        var site = Site.of(conf);

        for (var time = 0; time < 2; time++) {
            assertThat(site.look(disk).judgement())
                    .isEqualTo(SiteDisk.of(conf, disk).judgement());
            var map = site.map(new Wwid("3600a"), Optional.of(disk));
            assertThat(map.failback()).isEqualTo(new Failback.Deferred(Duration.ofSeconds(3)));
            assertThat(map.noPathRetry()).isEqualTo(new NoPathRetry.Retry(2));
        }
        assertThat(site.map(new Wwid("3600a"), Optional.empty()).failback()).isEqualTo(new Failback.Manual());
    }

    private static MultipathConf conf(String text) {
        return MultipathConf.load(List.of(new SourceFile("m.conf", text)), false)
                        instanceof Loaded.Usable(var conf, var problems)
                ? conf
                : Assertions.fail(text);
    }

    private static Disk disk(PortFacts ports, Map<String, String> udev) {
        return disk(ports, udev, List.of());
    }

    private static Disk telling(Map<String, String> udev) {
        var page = HexFormat.of().parseHex("0083001401030010600a098038302d414b2b4d4453474f62");
        return disk(
                FC, udev, IntStream.range(0, page.length).mapToObj(i -> page[i]).toList());
    }

    @Test
    void aCheckMayTakeAsLongAsTheKernelLetsACommandUnlessTheSiteSaysOtherwise() {
        var wwid = new Wwid("3600a");
        var slow = disk(FC, KNOWN, List.of(), Optional.of(Duration.ofSeconds(45)));

        assertThat(Site.parse("").path(slow, wwid).checkerTimeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(Site.parse("").path(disk(FC, KNOWN), wwid).checkerTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(Site.parse("defaults {\nchecker_timeout 7\n}\n")
                        .path(slow, wwid)
                        .checkerTimeout())
                .isEqualTo(Duration.ofSeconds(7));
    }

    private static Disk disk(PortFacts ports, Map<String, String> udev, List<Byte> page83) {
        return disk(ports, udev, page83, Optional.empty());
    }

    private static Disk disk(PortFacts ports, Map<String, String> udev, List<Byte> page83, Optional<Duration> timeout) {
        return new Disk(
                new DeviceName("sdb"),
                new DevT(8, 16),
                Optional.empty(),
                "VENDOR",
                "PRODUCT",
                "1",
                2048,
                false,
                "running",
                "",
                Optional.empty(),
                HardwareHandler.NONE,
                List.of(),
                page83,
                udev,
                ports,
                timeout);
    }
}
