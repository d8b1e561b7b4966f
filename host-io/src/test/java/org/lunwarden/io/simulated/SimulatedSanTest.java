package org.lunwarden.io.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.PortFacts;
import org.lunwarden.io.UeventSource.Uevent;
import org.lunwarden.io.contract.Expect;
import org.lunwarden.io.simulated.SanBuilder.ArrayPort;
import org.lunwarden.io.simulated.SanBuilder.Plug;
import org.lunwarden.io.simulated.SimulatedSan.Happening;

class SimulatedSanTest {

    private static final String HOST = "h001";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SimulatedTime.Manual time = SimulatedTime.manual();
    private final SimulatedSan san = CoreEdge.SMALL.layout().time(time).build();

    @Test
    void aLunHasEightPathsOverTwoFabricsAndTwoControllers() {
        var paths = paths(san, HOST, 0);

        assertThat(paths).hasSize(8);
        assertThat(paths.stream().map(disk -> fc(disk).fabricName()).distinct()).hasSize(2);
        assertThat(paths.stream().map(Disk::accessState)).containsOnly("active/optimized", "active/non-optimized");
        assertThat(fc(paths.get(0)).hostPortId()).matches("0x0b[0-9a-f]{4}");
        assertThat(fc(paths.get(0)).hostPortName()).isEqualTo("0x10000000c9000101");
    }

    @Test
    void everyPartHasAnIdOfItsOwn() {
        var ids =
                san.parts().stream().map(part -> part.kind() + " " + part.id()).toList();

        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
        assertThat(san.part(Part.Kind.SWITCH, "100000051e000002/12")).isPresent();
        assertThat(san.part(Part.Kind.ISL, "100000051e000001/2-11")).isPresent();
    }

    @Test
    void noIoIsLostWhenASwitchFailsAndComesBack() {
        createMap(0);
        var io = ok(san.io(HOST, "map", Duration.ofMillis(10)));
        time.advance(SECOND);
        var edge = part(Part.Kind.SWITCH, "100000051e000001/11");

        san.fail(edge);
        assertThat(states()).contains("blocked", "running");
        time.advance(Duration.ofSeconds(10));
        assertThat(states()).containsOnly("transport-offline", "running");
        assertThat(status()).contains(" F 1 ");

        assertThat(io.count().errors()).isZero();
        assertThat(io.count().waiting()).isLessThanOrEqualTo(1);
        assertThat(io.count().slowest()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
        san.restore(edge);
        assertThat(states()).containsOnly("running");
        time.advance(SECOND);
        assertThat(status()).contains(" F 1 ");
        assertThat(io.count().errors()).isZero();
    }

    @Test
    void whenAllPathsAreGoneIoWaitsAndThenCompletes() {
        createMap(0);
        var io = ok(san.io(HOST, "map", Duration.ofMillis(100)));
        var hostPart = part(Part.Kind.HOST, HOST);

        san.fail(hostPart);
        time.advance(Duration.ofSeconds(30));
        assertThat(io.count().waiting()).isGreaterThan(250);

        san.restore(hostPart);
        paths(san, HOST, 0)
                .forEach(path -> ok(san.host(HOST).deviceMapper().message("map", "reinstate_path " + path.device())));
        time.advance(SECOND);
        assertThat(io.count().waiting()).isLessThanOrEqualTo(1);
        assertThat(io.count().errors()).isZero();
    }

    @Test
    void aFailedLinkBetweenSwitchesIsRoutedAround() {
        san.fail(part(Part.Kind.ISL, "100000051e000001/1-11"));
        time.advance(Duration.ofSeconds(10));
        assertThat(states()).containsOnly("running");

        san.fail(part(Part.Kind.ISL, "100000051e000001/2-11"));
        time.advance(Duration.ofSeconds(10));
        assertThat(states()).contains("transport-offline");
    }

    @Test
    void aPortWithoutItsSwitchForgetsWhereItWas() {
        san.host(HOST);
        san.fail(part(Part.Kind.SWITCH, "100000051e000001/11"));

        var facts = fc(paths(san, HOST, 0).get(0));

        assertThat(facts.hostPortState()).isEqualTo("Linkdown");
        assertThat(facts.fabricName()).isEqualTo("0x0");
        assertThat(facts.hostPortName()).isEqualTo("0x10000000c9000101");
    }

    @Test
    void aFailedControllerHandsItsLunsOverAndTakesThemBack() {
        var controller = san.parts().stream()
                .filter(part -> part.kind() == Part.Kind.CONTROLLER)
                .findFirst()
                .orElseThrow();
        var optimized = optimizedPorts();

        san.fail(controller);
        time.advance(Duration.ofSeconds(2));
        assertThat(optimizedPorts()).isNotEmpty().doesNotContainAnyElementsOf(optimized);

        san.restore(controller);
        time.advance(Duration.ofSeconds(2));
        assertThat(optimizedPorts()).isEqualTo(optimized);
    }

    @Test
    void devicesVanishAfterTheLossTimeoutAndReturnWithTheLink() {
        var heard = new ArrayList<Uevent>();
        var before = paths(san, HOST, 0).size();
        time.advance(SECOND);
        try (var subscription = san.host(HOST).uevents().onUevent(heard::add)) {
            assertThat(subscription).isNotNull();
            var fabric = part(Part.Kind.FABRIC, "100000051e000002");
            san.fail(fabric);
            time.advance(Duration.ofMinutes(11));
            assertThat(paths(san, HOST, 0)).hasSize(before / 2);
            assertThat(heard).hasSize(16).allMatch(event -> event.action().equals("remove"));

            san.restore(fabric);
            time.advance(SECOND);
            assertThat(paths(san, HOST, 0)).hasSize(before);
            assertThat(heard).hasSize(32);
        }
    }

    @Test
    void aFlappingPortIsDownForItsShareOfThePeriod() {
        var port = san.parts().stream()
                .filter(part -> part.kind() == Part.Kind.TARGET_PORT)
                .findFirst()
                .orElseThrow();
        san.host(HOST);
        san.fail(port, new Fault.Flapping(Duration.ofSeconds(10), 0.3));
        var down = 0;

        for (var i = 0; i < 100; i++) {
            time.advance(SECOND);
            down += states().contains("blocked") ? 1 : 0;
        }

        assertThat(down).isBetween(28, 32);
        san.restore(port);
        time.advance(Duration.ofMinutes(1));
        assertThat(states()).containsOnly("running");
    }

    @Test
    void aLossyFabricFailsPathsAndASlowOneDelaysIo() {
        createMap(0);
        var io = ok(san.io(HOST, "map", Duration.ofMillis(10)));
        san.fail(part(Part.Kind.FABRIC, "100000051e000001"), new Fault.Lossy(0.5));
        time.advance(SECOND);
        assertThat(status()).contains(" F 1 ");
        assertThat(io.count().errors()).isZero();

        san.fail(part(Part.Kind.FABRIC, "100000051e000002"), new Fault.Slow(Duration.ofMillis(700)));
        time.advance(Duration.ofSeconds(5));
        assertThat(io.count().slowest()).isBetween(Duration.ofMillis(700), Duration.ofSeconds(3));
        assertThat(io.count().errors()).isZero();
    }

    @Test
    void twoRunsOfOneSeedAreEqual() {
        var seed = 20_261_121L;

        var first = story(seed);
        var second = story(seed);

        assertThat(first).hasSizeGreaterThan(200).isEqualTo(second);
        assertThat(story(seed + 1)).isNotEqualTo(first);
    }

    @Test
    void anIscsiHostSeesSessionsOverTwoNetworks() {
        var iscsi = SimulatedSan.builder()
                .time(time)
                .network("N1", "10.1.0.0/24")
                .network("N2", "10.2.0.0/24")
                .array(
                        "box",
                        List.of(new ArrayPort(1, new Plug("N1", 1)), new ArrayPort(1, new Plug("N2", 1))),
                        1,
                        2048)
                .host("i1", new Plug("N1", 1), new Plug("N2", 1))
                .build();

        var facts = paths(iscsi, "i1", 0).stream()
                .map(disk -> (PortFacts.Iscsi) disk.ports())
                .toList();

        assertThat(facts).extracting(PortFacts.Iscsi::localAddress).containsExactly("10.1.0.1/24", "10.2.0.1/24");
        assertThat(facts).extracting(PortFacts.Iscsi::netDevice).containsExactly("eth1", "eth2");
        iscsi.fail(iscsi.part(Part.Kind.SUBNET, "10.2.0.0/24").orElseThrow());
        time.advance(Duration.ofSeconds(6));
        assertThat(paths(iscsi, "i1", 0)).extracting(Disk::state).containsExactly("running", "transport-offline");
    }

    @Test
    void aDeviceThatCameBackIsAnotherOneToTheTableThatHoldsTheOld() {
        createMap(0);
        var path = paths(san, HOST, 0).get(0);

        san.remove(HOST, path.name());
        san.rescan(HOST);

        var successor = paths(san, HOST, 0).stream()
                .filter(disk -> disk.hctl().equals(path.hctl()))
                .findFirst()
                .orElseThrow();
        assertThat(successor.device()).isNotEqualTo(path.device());
    }

    private List<Happening> story(long seed) {
        var clock = SimulatedTime.manual();
        var fleet = new CoreEdge(3, 2, 2, 2, 2, 2048)
                .layout()
                .time(clock)
                .seed(seed)
                .build();
        var heard = new ArrayList<Happening>();
        try (var subscription = fleet.onHappening(heard::add)) {
            assertThat(subscription).isNotNull();
            for (var host : fleet.hosts()) {
                createMap(fleet, host, 0);
                ok(fleet.io(host, "map", Duration.ofMillis(7)));
            }
            var random = new Random(seed);
            var parts = fleet.parts();
            for (var step = 0; step < 60; step++) {
                var part = parts.get(random.nextInt(parts.size()));
                switch (random.nextInt(5)) {
                    case 0 -> fleet.fail(part);
                    case 1 -> fleet.fail(part, new Fault.Lossy(random.nextDouble()));
                    case 2 -> fleet.fail(part, new Fault.Flapping(Duration.ofSeconds(3), 0.4));
                    case 3 -> fleet.fail(part, new Fault.Slow(Duration.ofMillis(random.nextInt(300))));
                    default -> parts.forEach(fleet::restore);
                }
                clock.advance(Duration.ofMillis(random.nextInt(8000)));
            }
        }
        return heard;
    }

    private void createMap(int lun) {
        createMap(san, HOST, lun);
    }

    private static void createMap(SimulatedSan san, String host, int lun) {
        var paths = paths(san, host, lun);
        var words = new StringBuilder("1 queue_if_no_path 0 1 1 service-time 0 " + paths.size() + " 1");
        paths.forEach(path -> words.append(' ').append(path.device()).append(" 1"));
        ok(san.host(host)
                .deviceMapper()
                .create(
                        "map",
                        "mpath-map",
                        false,
                        List.of(new Target(0, paths.get(0).sizeSectors(), "multipath", words.toString())),
                        UdevFlags.NONE));
    }

    private String status() {
        return ok(san.host(HOST).deviceMapper().status("map")).get(0).parameters();
    }

    private List<String> states() {
        return paths(san, HOST, 0).stream().map(Disk::state).distinct().toList();
    }

    private List<String> optimizedPorts() {
        return paths(san, HOST, 0).stream()
                .filter(disk -> disk.accessState().equals("active/optimized"))
                .map(disk -> fc(disk).remotePortName())
                .toList();
    }

    /** All paths of the first array's LUN of that number. */
    private static List<Disk> paths(SimulatedSan san, String host, int lun) {
        var disks = Expect.disks(san.host(host).blockDevices()).stream()
                .filter(disk -> !disk.vpd83().isEmpty())
                .toList();
        var first = disks.stream()
                .filter(disk -> disk.hctl().orElseThrow().lun() == lun)
                .findFirst()
                .orElseThrow();
        return disks.stream().filter(disk -> disk.vpd80().equals(first.vpd80())).toList();
    }

    private Part part(Part.Kind kind, String id) {
        return san.part(kind, id).orElseThrow();
    }

    private static PortFacts.Fc fc(Disk disk) {
        return (PortFacts.Fc) disk.ports();
    }

    private static <T> T ok(IoResult<T> result) {
        return switch (result) {
            case IoResult.Ok<T>(var value) -> value;
            case IoResult.Refused<T> refused -> throw new AssertionError(refused.toString());
        };
    }
}
