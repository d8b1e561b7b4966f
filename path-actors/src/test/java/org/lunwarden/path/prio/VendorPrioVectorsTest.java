package org.lunwarden.path.prio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.AnaState;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.scsi.ClariionPage;
import org.lunwarden.model.scsi.HitachiInquiry;
import org.lunwarden.model.scsi.VolumeAccessPage;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioArguments;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.path.Disks;
import org.lunwarden.path.ScriptedProbe;
import org.lunwarden.path.checker.ArrayPages;
import org.lunwarden.vectors.Vectors;

/** The prioritizers that settings ask for by name, and their arguments. */
@Tag("vectors")
class VendorPrioVectorsTest {

    private static final int NOT_LOGGED = -1;

    static Stream<Arguments> rdac() {
        return Vectors.states("prio_rdac");
    }

    static Stream<Arguments> emc() {
        return Vectors.states("prio_emc");
    }

    static Stream<Arguments> hds() {
        return Vectors.states("prio_hds");
    }

    static Stream<Arguments> ana() {
        return Vectors.states("prio_ana");
    }

    static Stream<Arguments> ontap() {
        return Vectors.states("prio_ontap");
    }

    static Stream<Arguments> latency() {
        return Vectors.states("prio_path_latency");
    }

    static Stream<Arguments> latencyArgs() {
        return Vectors.states("prio_path_latency_args");
    }

    static Stream<Arguments> aluaArgs() {
        return Vectors.states("prio_alua_args");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rdac")
    void theOwnerOfAVolumeIsWorthWhatTheReferenceSays(String id, JsonNode in, JsonNode expect) {
        var page = ArrayPages.volumeAccess(
                Map.of(8, in.path("byte8").asInt(), 9, in.path("byte9").asInt()));
        if (!in.get("page_c9_ok").asBoolean()) {
            page.set(4, (byte) 'x');
        }

        assertThat(VendorPriority.rdac(VolumeAccessPage.parse(page)))
                .as(id)
                .isEqualTo(new PrioReading.Read(new Priority(expect.get("prio").asInt()), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("emc")
    void aUnitOfAClariionIsWorthWhatTheReferenceSays(String id, JsonNode in, JsonNode expect) {
        var changes = in.has("defect")
                ? defect(in.get("defect").asText())
                : Map.of(
                        4, in.get("byte4").asInt(),
                        5, in.get("byte5").asInt(),
                        8, in.get("byte8").asInt(),
                        30, in.get("configured_ok").asBoolean() ? 4 : 0);

        var reading = VendorPriority.emc(ClariionPage.parse(ArrayPages.clariion("00".repeat(16), changes)));

        assertRead(id, reading, expect);
    }

    /** Words, and the byte of the page that they are about with its value. */
    private static Map<Integer, Integer> defect(String words) {
        var last = words.substring(words.lastIndexOf(' ') + 1);
        var value = last.matches("\\d{1,3}") ? Integer.parseInt(last) : 1;
        return Map.of(
                words.startsWith("initiator type")
                        ? 27
                        : words.startsWith("failover mode")
                                ? 28
                                : words.startsWith("arraycommpath")
                                        ? 30
                                        : words.startsWith("byte 48") || words.contains("operation")
                                                ? 48
                                                : words.contains("page") ? 1 : fail("no such defect: " + words),
                words.startsWith("arraycommpath") ? value << 2 : value);
    }

    private static void assertRead(String id, PrioReading reading, JsonNode expect) {
        assertThat(reading.after(new Priority(50), PathState.UP).value())
                .as(id)
                .isEqualTo(Vectors.priority(expect.get("prio")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hds")
    void aHomeControllerIsWorthWhatTheReferenceSays(String id, JsonNode in, JsonNode expect) {
        var inquiry = Disks.bytes("00".repeat(60));
        inquiry.set(47, (byte) in.get("byte47").asText().charAt(0));
        inquiry.set(49, (byte) in.get("byte49").asText().charAt(0));

        assertRead(id, VendorPriority.hds(HitachiInquiry.parse(inquiry)), expect);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ana")
    void anAnaStateIsWorthWhatTheReferenceSays(String id, JsonNode in, JsonNode expect) {
        var state = Arrays.stream(AnaState.values())
                .filter(each -> each.word().equals(in.get("ana_state").asText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such state: " + in.get("ana_state")));

        assertThat(AnaPriority.of(state).value())
                .as(id)
                .isEqualTo(expect.get("prio").asInt());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ontap")
    void aPathToANetappArrayIsWorthWhatTheReferenceSays(String id, JsonNode in, JsonNode expect) {
        var state = in.get("gva_0x41").asText();
        assertThat(in.path("proxy_page").asText("fails")).isEqualTo("fails");
        var probe = new ScriptedProbe()
                .answers(
                        switch (state) {
                            case "fails" -> ScriptedProbe.sense("72052000");
                            case "length<=8" -> ScriptedProbe.good("000000080a980a01");
                            default -> ScriptedProbe.good(ArrayPages.ontap(state));
                        })
                .answers(
                        in.has("proxy_page_bit")
                                ? ScriptedProbe.good("00c1000000000000" + "0a980a00c100" + "00".repeat(5)
                                        + (in.get("proxy_page_bit").asInt() == 1 ? "02" : "00"))
                                : ScriptedProbe.sense("72052400"));

        var reading = new Prioritizer(Disks.scsi(), probe, String::equals)
                .read(settings(PrioKind.ONTAP, ""), Disks.live("running"), true, Duration.ofSeconds(30))
                .toCompletableFuture()
                .join();

        assertRead(id, reading, expect);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("latency")
    void aLatencyIsWorthWhatTheReferenceSays(String id, JsonNode in, JsonNode expect) {
        var prioritizer = LatencyPriority.parse(in.get("prio_args").asText()).orElse(LatencyPriority.STANDARD);
        var logarithm = prioritizer.log(in.get("mean_log_latency_us").asDouble());

        assertThat(prioritizer.of(logarithm).value())
                .as(id)
                .isEqualTo(expect.get("prio").asInt());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("latencyArgs")
    void argumentsOfLatencyAreThoseOfTheReference(String id, JsonNode in, JsonNode expect) {
        var args = in.get("prio_args").asText();

        assertThat(LatencyPriority.parse(args).orElse(LatencyPriority.STANDARD))
                .as(id)
                .isEqualTo(new LatencyPriority(
                        expect.get("io_num").asInt(), expect.get("base_num").asDouble()));
        // none at all are no mistake, so that only the reference has a word for them
        assertThat(args.isBlank()
                        || PrioArguments.complaint(PrioKind.PATH_LATENCY, args).isPresent()
                                == (expect.path("log_level").asInt(NOT_LOGGED) == 0))
                .as(id)
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("aluaArgs")
    void theExclusivePreferredBitIsAWordOfItsOwn(String id, JsonNode in, JsonNode expect) {
        assertThat(settings(PrioKind.ALUA, in.get("prio_args").asText()).exclusivePrefBit())
                .as(id)
                .isEqualTo(expect.get("exclusive").asBoolean());
    }

    private static PathSettings settings(PrioKind prio, String args) {
        return new PathSettings(
                CheckerKind.TUR,
                true,
                prio,
                false,
                args,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Precautions.NONE);
    }
}
