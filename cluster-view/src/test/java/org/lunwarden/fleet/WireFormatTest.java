package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.fleet.alert.KeptAlerts;
import org.lunwarden.fleet.cleanup.ViewWord;
import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.failback.Course;
import org.lunwarden.fleet.failback.FailbackPlan;
import org.lunwarden.fleet.incident.Acknowledgement;
import org.lunwarden.fleet.incident.Identity;
import org.lunwarden.fleet.resize.ResizeAct;
import org.lunwarden.fleet.resize.ResizeProgress;
import org.lunwarden.fleet.wire.ToHost;
import org.lunwarden.fleet.wire.ToMember;
import org.lunwarden.fleet.wire.ToView;
import org.lunwarden.fleet.wire.Wire;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Transport;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.PathCounts;

/**
 * What members say to each other, as it was recorded in {@code wire/*.json}: a change that an older member could not read
 * shows here. {@code -Dwire.record=true} writes what is missing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireFormatTest {

    private static final Path RECORDED = Path.of("src/test/resources/wire");

    /** Maps: what is added to them is an entry more. */
    private static final Set<String> FREE_KEYS = Set.of("labels", "delivered", "settings", "dropped");

    private static final HostId HOST = new HostId("db-17");
    private static final DaemonRun RUN = new DaemonRun("5f3a", "c901");
    private static final Nexus NEXUS = new Nexus("21000024ff000011", "50060e8000000021");
    private static final Wwid WWID = new Wwid("3600a0980000000000000000000000007");
    private static final Component SWITCH = new Component(ComponentClass.SWITCH, "10000000000000aa/12");
    private static final Duration UPTIME = Duration.ofSeconds(86_400, 250_000_000);
    private static final PathCounts COUNTS = new PathCounts(8, 5, 1, 1, 1, 0);
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00.125Z");

    private final ActorTestKit kit = ActorTestKit.create(
            "wire",
            FleetConfig.pekko(
                    FleetSettings.onLoopback("h1", Set.of(FleetRole.HOST), 0, List.of()),
                    ConfigFactory.parseMap(Map.of("pekko.actor.provider", "local"))));
    private final Serialization serialization = SerializationExtension.get(kit.system());
    private final ObjectMapper json = new ObjectMapper();
    private final CBORMapper cbor = new CBORMapper();

    @AfterAll
    void stop() {
        kit.shutdownTestKit();
    }

    Stream<Wire> messages() {
        ActorRef<ToHost> host = kit.<ToHost>createTestProbe("host").ref();
        ActorRef<ToView> view = kit.<ToView>createTestProbe("view").ref();
        ActorRef<ToMember> member = kit.<ToMember>createTestProbe("member").ref();
        var row = new NexusRow(NEXUS, Transport.FC, List.of(SWITCH), COUNTS, Duration.ofSeconds(12));
        var map = new MapSummary(WWID, "data7", 2_097_152, 8, 5, 1, 2, true, List.of(NEXUS), List.of(NEXUS))
                .using(List.of(NEXUS.targetPort()))
                .with(List.of("6A3F"), Map.of("failback", "immediate", "no_path_retry", "queue"));
        var outcome = new HostAnswer.Outcome(WWID, HostAnswer.Move.NOT_MOVED, "no usable path in it");
        var progress = new FailbackProgress(
                "failback-7-1",
                Optional.of(SWITCH),
                "eve",
                new Epoch(7, "v1:7600#a1"),
                FailbackProgress.Phase.RUNNING,
                1,
                3,
                4,
                9,
                "",
                AT,
                AT.plusSeconds(2),
                List.of(new FailbackProgress.Entry(AT, "begun")));
        return Stream.of(
                new ToView.ReportPart(HOST, RUN, 3, UPTIME, "0.1.0", 1, 2, List.of(row), List.of(map), host),
                new ToView.ReportDelta(
                        HOST,
                        RUN,
                        3,
                        4,
                        UPTIME,
                        List.of(row),
                        List.of(new ToView.RowState(NEXUS, COUNTS, Duration.ofSeconds(13))),
                        List.of(NEXUS),
                        List.of(map),
                        List.of(new ToView.MapState(WWID, 8, 5, 1, 2, false, List.of(NEXUS.targetPort()))),
                        List.of(WWID),
                        host),
                new ToView.StillThere(HOST, RUN, 4, UPTIME, host),
                new ToView.Goodbye(HOST, RUN),
                new ToView.MayCleanUp(HOST, WWID, host),
                new ToView.ResizeTold(new ResizeAct(
                        "resize-1", WWID, "eve", ResizeProgress.Phase.DONE, List.of(HOST), "all maps have the size")),
                new ToView.Answered(5, true, new HostAnswer.FailedBack(List.of(outcome))),
                new ToHost.SendFullReport(view),
                new ToHost.CleanupWord(new ViewWord(
                        new HostId("v1"), ViewWord.Says.INCIDENT, List.of("20260301-100000-5f3a9c01"), "part of it")),
                new ToHost.CarryOut(
                        5,
                        new HostCommand.FailBack(
                                "failback-7-1",
                                new Epoch(7, "v1:7600#a1"),
                                RUN,
                                List.of(new HostCommand.Way(WWID, List.of(NEXUS.targetPort()))),
                                UPTIME,
                                Duration.ofSeconds(20)),
                        view),
                new ToMember.Look(),
                new ToMember.WhichFleet(member),
                new ToMember.ThisFleet("pekko://lunwarden@10.0.0.1:7355", 3, 40, "pekko://lunwarden@10.0.0.1:7355"),
                progress,
                AlertSamples.entry(4, 2).written(4, 9),
                new KeptAlerts("san1:7355", List.of(AlertSamples.entry(4, 2).written(4, 9))),
                new KeptAsked.Ask(kit.<KeptAlerts>createTestProbe("notifier").ref()),
                AlertSamples.maintenance(),
                new Identity(
                        "20260301-100000-5f3a9c01",
                        Finding.Kind.FAULT,
                        SWITCH,
                        List.of(new Member(HOST, NEXUS)),
                        AT,
                        AT.plusSeconds(1),
                        96,
                        1,
                        AT.plusSeconds(60),
                        false),
                new Acknowledgement("20260301-100000-5f3a9c01", "eve", "cable is on its way", AT, false),
                new FailbackEntry(progress, Optional.of(course()), 3),
                new FailbackSpool.Keep(
                        new FailbackEntry(progress, Optional.empty(), 3),
                        kit.<FailbackSpool.Answer>createTestProbe("asker").ref()),
                new FailbackSpool.Tell(
                        kit.<FailbackSpool.Answer>createTestProbe("asker").ref()),
                new FailbackSpool.Kept("10.0.0.1:7355"),
                new FailbackSpool.NotKept("10.0.0.1:7355", "No space left on device"),
                new FailbackSpool.Later("10.0.0.1:7355", new Epoch(8, "v2:7600#b2")),
                new FailbackSpool.Held("10.0.0.1:7355", List.of(new FailbackEntry(progress, Optional.empty(), 3))),
                new FailbackAsked.Start(
                        Optional.of(SWITCH),
                        Optional.of("0123456789ab"),
                        "eve",
                        kit.<FailbackAsked.StartReply>createTestProbe("asker").ref()),
                new FailbackAsked.StartReply(Optional.of(progress), "", Optional.empty()),
                new FailbackAsked.Steer(
                        "failback-7-1",
                        FailbackAsked.Steering.PAUSE,
                        kit.<FailbackAsked.SteerReply>createTestProbe("asker").ref()),
                new FailbackAsked.SteerReply(Optional.empty(), Optional.of("too many wait")));
    }

    private static Course course() {
        var plan = new FailbackPlan(
                "0123456789ab",
                Optional.of(SWITCH),
                List.of(new FailbackPlan.Wave(List.of(new FailbackPlan.Step(HOST, List.of(WWID))))),
                List.of(new FailbackPlan.LeftOut(HOST, WWID, "it is silent")),
                AT,
                AT.plusSeconds(3600));
        return new Course(
                plan,
                List.of(new Course.Footing(HOST, WWID, 8, true)),
                List.of("20260301-100000-5f3a9c01"),
                new TreeMap<>(Map.of(WWID, "not fit")));
    }

    /** A step of a view that does not tell when it ends is taken for one that has ended. */
    @Test
    void aStepOfAnOlderViewHasEnded() throws IOException {
        var message =
                messages().filter(ToHost.CarryOut.class::isInstance).findFirst().orElseThrow();
        var older = tree(message);
        ((ObjectNode) older.get("command")).remove(List.of("notAfter", "ways"));

        var read = (ToHost.CarryOut) read(message, cbor.writeValueAsBytes(older));

        assertThat(((HostCommand.OfFailback) read.command()).notAfter()).isZero();
        assertThat(((HostCommand.OfFailback) read.command()).maps()).isEmpty();
    }

    /** Older coordinators wrote the term alone. */
    @ParameterizedTest
    @MethodSource("messages")
    void anEpochOfAnOlderMemberIsItsTerm(Wire message) throws IOException {
        var older = tree(message);
        var told = epochs(older);
        told.forEach(
                parent -> ((ObjectNode) parent).set("epoch", parent.get("epoch").get("term")));

        var read = epochs(tree((Wire) read(message, cbor.writeValueAsBytes(older))));

        assertThat(read)
                .hasSameSizeAs(told)
                .allSatisfy(parent ->
                        assertThat(parent.get("epoch").get("by").textValue()).isEmpty());
    }

    private static List<JsonNode> epochs(JsonNode tree) {
        return tree.findParents("epoch").stream()
                .filter(parent -> parent.get("epoch").isObject())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void eachMessageIsReadAndWrittenAsItWasRecorded(Wire message) throws IOException {
        var written = withoutAddresses(tree(message));
        var file = RECORDED.resolve(name(message) + ".json");
        if (Boolean.getBoolean("wire.record") && !Files.exists(file)) {
            Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(written) + "\n");
        }

        assertThat(written).isEqualTo(json.readTree(Files.readString(file, StandardCharsets.UTF_8)));
        assertThat(read(message, serialize(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void fieldsOfANewerMemberAreIgnored(Wire message) throws IOException {
        var newer = tree(message);
        addUnknownFields(newer);

        assertThat(newer.toString()).contains("addedLater");
        assertThat(read(message, cbor.writeValueAsBytes(newer))).isEqualTo(message);
    }

    /** Older notifiers did not count what they wrote, and older views told by their clocks until when they heard of it. */
    @Test
    void anAlertOfAnOlderViewDoesNotTellWhichWriteItWas() throws IOException {
        var message =
                messages().filter(KeptAlerts.class::isInstance).findFirst().orElseThrow();
        var older = (ObjectNode) tree(message);
        older.put("until", "2026-03-01T10:00:00.125Z");
        older.path("entries").forEach(entry -> ((ObjectNode) entry).remove("write"));

        assertThat(read(message, cbor.writeValueAsBytes(older)))
                .isEqualTo(new KeptAlerts("san1:7355", List.of(AlertSamples.entry(4, 2))));
    }

    @Test
    void aMapOfAnOlderMemberHasNoNexusesSerialsAndSettings() throws IOException {
        var message = messages()
                .filter(ToView.ReportPart.class::isInstance)
                .findFirst()
                .orElseThrow();
        var older = tree(message);
        ((ObjectNode) older.get("maps").get(0)).remove(List.of("nexuses", "serials", "using", "settings"));

        var read = (ToView.ReportPart) read(message, cbor.writeValueAsBytes(older));

        assertThat(read.maps().getFirst().nexuses()).isEmpty();
        assertThat(read.maps().getFirst().serials()).isEmpty();
        assertThat(read.maps().getFirst().using()).isEmpty();
        assertThat(read.maps().getFirst().settings()).isEmpty();
        assertThat(read.maps().getFirst().preferred()).containsExactly(NEXUS);
    }

    @Test
    void everyTypeThatMayTravelIsRecorded() throws Exception {
        var classes = Path.of(
                Wire.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var travelling = new TreeSet<String>();
        try (var files = Files.walk(classes)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                var type = classes.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
                if (type.startsWith("org.lunwarden.fleet.")) {
                    var loaded = Class.forName(type, false, Wire.class.getClassLoader());
                    if (Wire.class.isAssignableFrom(loaded) && !loaded.isInterface()) {
                        travelling.add(loaded.getName());
                    }
                }
            }
        }

        assertThat(messages().map(message -> message.getClass().getName()).collect(Collectors.toSet()))
                .isEqualTo(travelling);
    }

    @Test
    void typesThatAreNoMessagesAreNotReadFromTheNetwork() {
        var message = new ToView.Goodbye(HOST, RUN);
        var bytes = serialize(message);
        var serializer = serialization.findSerializerFor(message);

        for (var refused : List.of(
                DaemonRun.class.getName(),
                FleetTimings.class.getName(),
                "java.util.ArrayList",
                "javax.management.loading.MLet",
                "ch.qos.logback.core.db.JNDIConnectionSource")) {
            assertThatThrownBy(() -> serialization
                            .deserialize(bytes, serializer.identifier(), refused)
                            .get())
                    .as(refused)
                    .hasMessageContaining(refused);
        }
    }

    private byte[] serialize(Object message) {
        return serialization.serialize(message).get();
    }

    private Object read(Wire message, byte[] bytes) {
        var serializer = serialization.findSerializerFor(message);
        return serialization
                .deserialize(bytes, serializer.identifier(), Serializers.manifestFor(serializer, message))
                .get();
    }

    private JsonNode tree(Wire message) throws IOException {
        return cbor.readTree(serialize(message));
    }

    private static String name(Wire message) {
        return message.getClass().getSimpleName();
    }

    /** An actor's address is another one in each run. */
    private JsonNode withoutAddresses(JsonNode tree) {
        try {
            return json.readTree(json.writeValueAsString(tree).replaceAll("\"pekko://wire/[^\"]*\"", "\"(actor)\""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All keys of a map's settings are known: they are data. */
    private static void addUnknownFields(JsonNode node) {
        var inside = new ArrayList<JsonNode>();
        node.properties().stream()
                .filter(field -> !FREE_KEYS.contains(field.getKey()))
                .map(Map.Entry::getValue)
                .forEach(inside::add);
        if (node.isArray()) {
            node.forEach(inside::add);
        }
        inside.forEach(WireFormatTest::addUnknownFields);
        if (node instanceof ObjectNode object) {
            object.put("addedLater", 1);
        }
    }
}
