package org.lunwarden.path.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.BlockDevices.Listed;
import org.lunwarden.io.DiskControl;
import org.lunwarden.io.DiskControl.Attribute;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.PortFacts;
import org.lunwarden.io.simulated.CoreEdge;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.OffOr;
import org.lunwarden.model.settings.TransportTimeouts;

class TimeoutPlanTest {

    private static final PortFacts FC = new PortFacts.Fc("", "", "", "", "", "", "", "", "", "", "", "", "");
    private static final PortFacts ISCSI = new PortFacts.Iscsi("", "", "", "", "", "", "", "", "", "");
    private static final PortFacts SAS = new PortFacts.Sas("", "", "", "", "", "");
    private static final PortFacts OTHER = new PortFacts.Opaque("scsi_debug", 1);

    static Stream<Arguments> plans() { // transport, fast, loss, no_path_retry, now fast, now loss -> writes
        return Stream.of(
                arguments(FC, "5", "", "fail", "off", "60", "fast_io_fail_tmo=5"),
                arguments(FC, "5", "", "fail", "5", "60", ""),
                arguments(FC, "5", "600", "fail", "off", "60", "fast_io_fail_tmo=5 dev_loss_tmo=600"),
                arguments(FC, "5", "", "queue", "off", "60", "fast_io_fail_tmo=5 dev_loss_tmo=2147483647"),
                arguments(FC, "5", "4294967295", "fail", "5", "60", "dev_loss_tmo=2147483647"),
                arguments(FC, "5", "", "12", "5", "60", "dev_loss_tmo=66"),
                arguments(FC, "5", "", "12", "5", "300", ""),
                arguments(FC, "5", "30", "24", "5", "60", "dev_loss_tmo=127"),
                arguments(FC, "30", "20", "fail", "5", "60", "dev_loss_tmo=20 fast_io_fail_tmo=off"),
                arguments(FC, "30", "", "fail", "5", "30", "dev_loss_tmo=31 fast_io_fail_tmo=30"),
                arguments(FC, "2147483647", "", "fail", "5", "30", "fast_io_fail_tmo=off"),
                arguments(FC, "1000", "", "fail", "5", "60", "fast_io_fail_tmo=off"),
                arguments(FC, "1000", "", "fail", "off", "60", ""),
                arguments(FC, "600", "", "fail", "off", "60", ""),
                arguments(FC, "1000", "", "fail", "5", "2000", "fast_io_fail_tmo=599"),
                arguments(
                        FC,
                        "1000",
                        "2000",
                        "fail",
                        "off",
                        "60",
                        "dev_loss_tmo=600 fast_io_fail_tmo=599 dev_loss_tmo=2000"),
                arguments(FC, "599", "", "fail", "off", "60", "dev_loss_tmo=600 fast_io_fail_tmo=599"),
                arguments(FC, "90", "", "12", "5", "60", "dev_loss_tmo=91 fast_io_fail_tmo=90"),
                arguments(FC, "off", "", "queue", "5", "60", "dev_loss_tmo=600 fast_io_fail_tmo=off"),
                arguments(FC, "off", "", "fail", "5", "2000", "dev_loss_tmo=600 fast_io_fail_tmo=off"),
                arguments(
                        FC,
                        "100",
                        "900",
                        "fail",
                        "off",
                        "60",
                        "dev_loss_tmo=600 fast_io_fail_tmo=100 dev_loss_tmo=900"),
                arguments(FC, "100", "300", "fail", "off", "60", "dev_loss_tmo=300 fast_io_fail_tmo=100"),
                arguments(FC, "5", "20", "fail", "30", "60", "fast_io_fail_tmo=5 dev_loss_tmo=20"),
                arguments(ISCSI, "5", "", "queue", "", "", "recovery_tmo=5"),
                arguments(ISCSI, "0", "", "queue", "", "", ""),
                arguments(ISCSI, "off", "30", "queue", "", "", ""),
                arguments(SAS, "5", "30", "fail", "", "", "I_T_nexus_loss_timeout=30"),
                arguments(OTHER, "5", "30", "queue", "", "", ""));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void whatIsWantedIsWrittenInTheOrderThatTheKernelTakes(
            PortFacts ports, String fast, String loss, String retry, String fastNow, String lossNow, String writes) {
        var plan = TimeoutPlan.of(wanted(fast, loss, retry), ports, current(fastNow, lossNow));

        assertThat(String.join(
                        " ",
                        plan.writes().stream()
                                .map(write -> write.attribute().word() + "=" + write.value())
                                .toList()))
                .isEqualTo(writes);
    }

    @Test
    void whatCannotBeIsRemarked() {
        assertThat(TimeoutPlan.of(wanted("30", "20", "fail"), FC, current("5", "60"))
                        .remarks())
                .containsExactly("fast_io_fail_tmo 30 is not less than dev_loss_tmo 20, off is used");
        assertThat(TimeoutPlan.of(wanted("5", "30", "fail"), ISCSI, Map.of()).remarks())
                .containsExactly("dev_loss_tmo has no effect on iSCSI");
        assertThat(TimeoutPlan.of(wanted("5", "", "fail"), OTHER, Map.of()).remarks())
                .isEmpty();
    }

    @Test
    void aWishThatATransportHasNoAttributeForIsRemarkedAndTheBuiltInOneIsNot() {
        assertThat(TimeoutPlan.of(wanted("10", "30", "fail"), OTHER, Map.of()).remarks())
                .containsExactly(
                        "fast_io_fail_tmo has no effect on the driver scsi_debug",
                        "dev_loss_tmo has no effect on the driver scsi_debug");
        assertThat(TimeoutPlan.of(wanted("off", "30", "fail"), SAS, Map.of()).remarks())
                .containsExactly("fast_io_fail_tmo has no effect on SAS");
        assertThat(TimeoutPlan.of(wanted("5", "", "fail"), SAS, Map.of()).remarks())
                .isEmpty();
    }

    @Test
    void theLongestQueueingThereIsKeepsThePortsDevicesForEver() {
        var wanted = new TransportTimeouts(
                Optional.empty(),
                Optional.of(Duration.ofSeconds(60)),
                Optional.empty(),
                Optional.empty(),
                new NoPathRetry.Retry(Integer.MAX_VALUE),
                Duration.ofSeconds(0xffff_ffffL));

        assertThat(TimeoutPlan.of(wanted, SAS, Map.of()).writes())
                .containsExactly(new TimeoutPlan.Write(Attribute.I_T_NEXUS_LOSS_TIMEOUT, "2147483647"));
    }

    @Test
    void deadlineAndRetriesAreSetForAnySCSIDisk() {
        var wanted = new TransportTimeouts(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new OffOr.Off()),
                Optional.of(new OffOr.Number(0)),
                new NoPathRetry.Fail(),
                Duration.ofSeconds(5));

        var plan = TimeoutPlan.of(wanted, OTHER, Map.of(Attribute.EH_DEADLINE, "30", Attribute.MAX_RETRIES, "5"));

        assertThat(plan.writes())
                .containsExactly(
                        new TimeoutPlan.Write(Attribute.EH_DEADLINE, "off"),
                        new TimeoutPlan.Write(Attribute.MAX_RETRIES, "0"));
    }

    @Test
    void theKernelTakesEachWriteWhateverWasThereAndASecondPlanHasNothingToWrite() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        try (var san = new CoreEdge(1, 1, 1, 1, 1, 2048).layout().build()) {
            var ports = san.host("h001");
            var disk = switch (ports.blockDevices().look().list()) {
                case IoResult.Ok<List<Listed>>(var all) -> all.getLast().name();
                case IoResult.Refused<List<Listed>> none -> throw new AssertionError(none.toString());
            };
            var control = ports.diskControl();
            for (var round = 0; round < 3_000; round++) {
                var wanted = wanted(
                        any(random, "", "off", "0", "5", "599", "600", "1000"),
                        any(random, "", "1", "30", "600", "601", "4294967295"),
                        any(random, "fail", "queue", "3", "700"));
                var plan = TimeoutPlan.of(wanted, FC, current(control, disk));
                for (var write : plan.writes()) {
                    assertThat(control.write(disk, write.attribute(), write.value()))
                            .as("seed %d: %s of %s for %s", seed, write, plan, wanted)
                            .isInstanceOf(IoResult.Ok.class);
                }
                assertThat(TimeoutPlan.of(wanted, FC, current(control, disk)).writes())
                        .as("seed %d: after %s for %s", seed, plan, wanted)
                        .isEmpty();
            }
        }
    }

    private static Map<Attribute, String> current(DiskControl control, DeviceName disk) {
        var current = new EnumMap<Attribute, String>(Attribute.class);
        for (var attribute : Attribute.values()) {
            if (control.read(disk, attribute) instanceof IoResult.Ok<String>(var value)) {
                current.put(attribute, value);
            }
        }
        return current;
    }

    private static String any(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }

    private static Map<Attribute, String> current(String fast, String loss) {
        var current = new EnumMap<Attribute, String>(Attribute.class);
        if (!loss.isEmpty()) {
            current.put(Attribute.FAST_IO_FAIL_TMO, fast);
            current.put(Attribute.DEV_LOSS_TMO, loss);
        }
        return current;
    }

    private static TransportTimeouts wanted(String fast, String loss, String retry) {
        return new TransportTimeouts(
                switch (fast) {
                    case "" -> Optional.empty();
                    case "off" -> Optional.of(new OffOr.Off());
                    default -> Optional.of(new OffOr.Number(Integer.parseInt(fast)));
                },
                Optional.of(loss)
                        .filter(word -> !word.isEmpty())
                        .map(Long::parseLong)
                        .map(Duration::ofSeconds),
                Optional.empty(),
                Optional.empty(),
                switch (retry) {
                    case "fail" -> new NoPathRetry.Fail();
                    case "queue" -> new NoPathRetry.Queue();
                    default -> new NoPathRetry.Retry(Integer.parseInt(retry));
                },
                Duration.ofSeconds(5));
    }
}
