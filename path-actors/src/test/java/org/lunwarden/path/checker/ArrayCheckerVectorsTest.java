package org.lunwarden.path.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.path.AnswerWords;
import org.lunwarden.path.Disks;
import org.lunwarden.path.FixedDevices;
import org.lunwarden.path.ScriptedProbe;
import org.lunwarden.vectors.Vectors;

/** The checkers that are made for one kind of array, and readsector0. */
@Tag("vectors")
class ArrayCheckerVectorsTest {

    /** What a controller says that can take the volume over. */
    private static final Set<String> WAITS = Set.of("02/04/02", "02/04/0b");

    private static final String WWN_A = "60060160a0b1220021f8c3d5e7a9e011";
    private static final String WWN_B = "60060160a0b1220021f8c3d5e7a9e012";

    private final InactiveSnapshots snapshots = new InactiveSnapshots();
    private final ClariionUnit clariion = new ClariionUnit(Clariion.WWID, snapshots);

    static Stream<Arguments> rdac() {
        return Vectors.states("checker_rdac");
    }

    static Stream<Arguments> clariion() {
        return Vectors.states("checker_emc_clariion");
    }

    static Stream<Arguments> hp() {
        return Vectors.states("checker_hp_sw");
    }

    static Stream<Arguments> sector() {
        return Vectors.states("checker_readsector0");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rdac")
    void theOwnerOfAVolumeBecomesTheStateOfTheReference(String id, JsonNode in, JsonNode expect) {
        var finding = check(CheckerKind.RDAC, new ScriptedProbe().answers(rdacAnswer(in)));

        var state = expect.get("state").asText();
        assertThat(finding.observed())
                .as(id)
                .isEqualTo(
                        state.equals("up-path evaluation continues")
                                ? PathState.UP
                                : Vectors.state(expect.get("state")));
        if (expect.has("message_kind")) {
            assertThat(finding.why().replaceFirst(" \\(.*\\)$", ""))
                    .as(id)
                    .isEqualTo(expect.get("message_kind").asText());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clariion")
    void aUnitOfAClariionBecomesTheStateOfTheReference(String id, JsonNode in, JsonNode expect) {
        if (!in.get("stored_wwn").isNull()) {
            check(
                    CheckerKind.EMC_CLARIION,
                    new ScriptedProbe().answers(page(in.get("stored_wwn").asText(), Map.of(4, 1))));
        }
        if (in.get("map_inactive_snapshot_flag").asBoolean()) {
            snapshots.add(Clariion.WWID);
        }
        var changes = new HashMap<Integer, Integer>();
        in.get("page_c0_changes_from_healthy_active")
                .properties()
                .forEach(change -> changes.put(
                        Integer.parseInt(change.getKey().substring(1)),
                        change.getValue().asInt()));
        var sector = AnswerWords.of(in.get("sector_read").asText());

        var finding = check(CheckerKind.EMC_CLARIION, page(in.get("page_wwn").asText(), changes), sector);

        assertThat(finding.observed()).as(id).isEqualTo(Vectors.state(expect.get("state")));
        assertThat(snapshots.has(Clariion.WWID))
                .as(id)
                .isEqualTo(expect.get("map_inactive_snapshot_flag").asBoolean());
        assertThat(finding.why())
                .as(id)
                .contains(
                        switch (expect.get("message_kind").asText()) {
                            case "path config" -> "not configured";
                            case "path not available" -> "not available";
                            case "wwn changed" -> "WWN of the unit changed";
                            case "(none)" -> "inactive snapshot";
                            case "healthy" -> "healthy";
                            case "lun unbound", "unbound", "unbound lun" -> "unbound";
                            case "read error" -> "READ of the first block";
                            case "unit report" -> "inquiry failed";
                            default -> throw new AssertionError(id + ": message " + expect.get("message_kind"));
                        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hp")
    void anArrayWithATakeoverCommandBecomesTheStateOfTheReference(String id, JsonNode in, JsonNode expect) {
        var inquiry = AnswerWords.of(in.get("inquiry_0x80").asText(), "0080000441424344");
        var ready = in.path("tur").asText("ok");

        var observed = check(CheckerKind.HP_SW, inquiry, AnswerWords.of(ready)).observed();

        var expected = Vectors.state(expect.get("state"));
        if (expected == PathState.GHOST && !WAITS.contains(ready)) {
            // on purpose: a path that merely fails is no ghost, as docs/decisions/checkers-and-priorities.md says
            assertThat(observed.isUsable()).as(id).isFalse();
        } else {
            assertThat(observed).as(id).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sector")
    void aReadOfTheFirstSectorBecomesTheStateOfTheReference(String id, JsonNode in, JsonNode expect) {
        var probe = new ScriptedProbe();
        probe.answers(
                in.has("ioctl_errno")
                        ? ScriptedProbe.refused(Vectors.errno(in.get("ioctl_errno")))
                        : AnswerWords.of(
                                in.path("every_answer").asText(in.path("result").asText())));

        assertThat(check(CheckerKind.READSECTOR0, probe).observed())
                .as(id)
                .isEqualTo(Vectors.state(expect.get("state")));
        assertThat(probe.asked()).as(id).hasSize(expect.get("attempts").asInt()).containsOnly(0x28);
    }

    private static Answer<ScsiReply> rdacAnswer(JsonNode in) {
        if (in.has("inquiry_ioctl_errno")) {
            return ScriptedProbe.refused(Vectors.errno(in.get("inquiry_ioctl_errno")));
        }
        if (in.has("inquiry_host_status")) {
            return ScriptedProbe.status(0, in.get("inquiry_host_status").asInt());
        }
        if (in.has("inquiry")) {
            return AnswerWords.of(in.get("inquiry").asText(), ArrayPages.hex(ArrayPages.volumeAccess(Map.of(8, 1))));
        }
        var offsets = Map.of("pq_pdt", 0, "avtcvp", 8, "aas_cur", 10, "vs_cur", 11, "aas_alt", 12);
        var changes = new HashMap<Integer, Integer>();
        in.get("page_c9")
                .properties()
                .forEach(field -> changes.put(
                        Optional.ofNullable(offsets.get(field.getKey()))
                                .orElseThrow(() -> new AssertionError("no such field: " + field.getKey())),
                        field.getValue().asInt()));
        return ArrayPages.good(ArrayPages.volumeAccess(changes));
    }

    private static Answer<ScsiReply> page(String unit, Map<Integer, Integer> changes) {
        return ArrayPages.good(ArrayPages.clariion(unit.equals("A") ? WWN_A : WWN_B, changes));
    }

    private Finding check(CheckerKind kind, Answer<ScsiReply> first, Answer<ScsiReply> next) {
        return check(kind, new ScriptedProbe().answers(first).answers(next));
    }

    private Finding check(CheckerKind kind, ScriptedProbe probe) {
        return new Checker(Disks.scsi(), Optional.empty(), clariion, probe, FixedDevices.running(), Runnable::run)
                .check(new Checker.Question(kind, false, Duration.ofSeconds(30), Checker.Proof.NONE), () -> {})
                .toCompletableFuture()
                .join();
    }
}
