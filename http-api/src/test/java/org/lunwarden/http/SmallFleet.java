package org.lunwarden.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

import org.lunwarden.fleet.Contact;
import org.lunwarden.fleet.FailbackProgress;
import org.lunwarden.fleet.FleetEvent;
import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.ViewFigures;
import org.lunwarden.fleet.alert.Severity;
import org.lunwarden.fleet.alert.Window;
import org.lunwarden.fleet.diagnosis.Evidence;
import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Member;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.diagnosis.Suspect;
import org.lunwarden.fleet.failback.FailbackPlan;
import org.lunwarden.fleet.history.Happening;
import org.lunwarden.fleet.history.HistoryPage;
import org.lunwarden.fleet.history.HistoryQuery;
import org.lunwarden.fleet.history.HistoryStatus;
import org.lunwarden.fleet.incident.Acknowledgement;
import org.lunwarden.fleet.incident.Change;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.resize.ResizePlan;
import org.lunwarden.fleet.resize.ResizeProgress;
import org.lunwarden.fleet.resize.ResizeRun;
import org.lunwarden.fleet.sitefile.SiteFile;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Transport;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.dm.MultipathStatus.GroupState;
import org.lunwarden.model.figures.DurationTally;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.Epoch;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.fleet.NexusRow;
import org.lunwarden.model.fleet.NexusState;
import org.lunwarden.model.fleet.PathCounts;
import org.lunwarden.model.map.MapTopology;

/** A fleet of three hosts, one of them silent, with one open incident: a view that answers from memory. */
final class SmallFleet implements FleetView {

    static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
    static final Component SWITCH = new Component(ComponentClass.SWITCH, "100000000000000b/12");
    static final Wwid LUN = new Wwid("3600a098038302d414b2b4d4453474f62");

    final List<Optional<Component>> started = new CopyOnWriteArrayList<>();
    final List<Wwid> resized = new CopyOnWriteArrayList<>();
    final List<Consumer<FleetEvent>> listeners = new CopyOnWriteArrayList<>();
    final List<Window> windows = new CopyOnWriteArrayList<>();
    final List<Optional<String>> resumedAfter = new CopyOnWriteArrayList<>();
    final AtomicInteger figuresAsked = new AtomicInteger();
    final List<HistoryQuery> asked = new CopyOnWriteArrayList<>();
    volatile boolean unavailable;
    volatile boolean member = true;
    volatile boolean majority = true;
    /** Whether the hosts disagree about the size of their LUN. */
    volatile boolean sizes;

    volatile Optional<String> running = Optional.empty();
    volatile Optional<Acknowledgement> acknowledged = Optional.empty();

    @Override
    public Names names() {
        return new Names(Map.of("100000000000000b", "B"));
    }

    @Override
    public CompletionStage<HistoryPage> history(HistoryQuery query) {
        asked.add(query);
        return CompletableFuture.completedStage(new HistoryPage(
                List.of(new Happening(
                        7, NOW, "host-back", Optional.of("h001"), Optional.empty(), List.of(), "is heard again")),
                Optional.of(7L)));
    }

    @Override
    public CompletionStage<Optional<Incident>> pastIncident(String id) {
        return CompletableFuture.completedStage(Optional.of(incident()).filter(any -> id.equals("i-past")));
    }

    @Override
    public CompletionStage<byte[]> observations() {
        return CompletableFuture.completedStage(packed("now\n"));
    }

    @Override
    public CompletionStage<Optional<byte[]>> observations(String incident) {
        return CompletableFuture.completedStage(
                Optional.of(packed("of " + incident + "\n")).filter(any -> incident.equals("i-0")));
    }

    private static byte[] packed(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    public HistoryStatus historyStatus() {
        return new HistoryStatus("embedded", false, "the disk is full", 3, 40, 2);
    }

    @Override
    public CompletionStage<Acknowledging> acknowledge(String id, String by, String comment, boolean withdrawn) {
        if (!incident().isKnownAs(id)) {
            return CompletableFuture.completedStage(new Acknowledging.NotOpen());
        }
        var word = new Acknowledgement(incident().id(), by, comment, NOW, withdrawn);
        acknowledged = withdrawn ? Optional.empty() : Optional.of(word);
        return CompletableFuture.completedStage(new Acknowledging.Said(word));
    }

    @Override
    public CompletionStage<FleetSnapshot> snapshot() {
        var hosts = List.of(
                host("h001", Contact.REPORTING, NexusState.DOWN),
                host("h002", Contact.REPORTING, NexusState.DOWN),
                host("h003", Contact.SILENT, NexusState.UNKNOWN));
        return CompletableFuture.completedStage(new FleetSnapshot(
                new HostId("view1"),
                NOW,
                7,
                hosts,
                List.of(incident(acknowledged)),
                List.of(new Member(new HostId("h002"), new Nexus("h002b", "arrayb"))),
                List.of("host h003 is silent: nothing is known of 2 nexuses"),
                member,
                majority));
    }

    @Override
    public SiteFile site() {
        return new SiteFile(
                new TreeMap<>(Map.of(SWITCH, "core switch")),
                new TreeMap<>(Map.of(
                        new Component(ComponentClass.SHARED_RISK, "feed-1"),
                        List.of(SWITCH, new Component(ComponentClass.SWITCH, "100000000000000b/13")))));
    }

    @Override
    public List<String> viewsWithAnotherSite() {
        return List.of("10.0.0.2:7355");
    }

    @Override
    public CompletionStage<ViewFigures> figures() {
        figuresAsked.incrementAndGet();
        var tally = new DurationTally(Duration.ofMillis(10), Duration.ofSeconds(1));
        tally.add(Duration.ofMillis(4));
        tally.add(Duration.ofSeconds(2));
        return CompletableFuture.completedStage(new ViewFigures(
                new HostId("view1"),
                member,
                majority,
                Map.of(Contact.REPORTING, 2, Contact.EXPECTED, 0, Contact.SILENT, 1, Contact.STOPPED, 0),
                new TreeMap<>(Map.of("berlin", Map.of(Contact.REPORTING, 1, Contact.SILENT, 1))),
                Map.of(NexusState.UP, 3, NexusState.DOWN, 2),
                1,
                List.of(new ViewFigures.OpenIncidents("switch", Severity.ERROR, 1)),
                Map.of(Window.Kind.SILENCE, 0, Window.Kind.MAINTENANCE, 1),
                Map.of(FailbackProgress.Phase.RUNNING, 1),
                new TreeMap<>(Map.of("10.0.0.2:7355", Duration.ofMillis(2500))),
                new TreeMap<>(Map.of("10.0.0.2:7355", true)),
                new ViewFigures.Work(
                        tally.now(), 40, 2, List.of(new ViewFigures.Told("pager", 3, 5, 1)), Optional.of(true)),
                Optional.of(
                        new ViewFigures.Notifier(List.of(new ViewFigures.Waiting("pager", 1, true)), 4, 5000, false)),
                historyStatus()));
    }

    @Override
    public CompletionStage<ResizePlan> planResize(Wwid wwid) {
        return snapshot().thenApply(fleet -> ResizePlan.of(fleet, wwid));
    }

    @Override
    public CompletionStage<ResizeProgress> startResize(Wwid wwid, String by) {
        return planResize(wwid).thenApply(plan -> {
            resized.add(wwid);
            return ResizeRun.start("resize-1", plan, by, NOW).run().progress();
        });
    }

    @Override
    public CompletionStage<Optional<ResizeProgress>> resize(String id) {
        return id.equals("f-1")
                ? startResize(LUN, "").thenApply(Optional::of)
                : CompletableFuture.completedStage(Optional.empty());
    }

    private FleetHost host(String name, Contact contact, NexusState second) {
        var down = second != NexusState.UP;
        return new FleetHost(
                new HostId(name),
                contact,
                NOW.minusSeconds(2),
                Optional.of(new DaemonRun("boot-" + name, "run")),
                3,
                Duration.ofHours(1),
                "0.1.0",
                List.of(nexus(name, "a", NexusState.UP), nexus(name, "b", second)),
                List.of(new MapSummary(
                        LUN,
                        LUN.value(),
                        sizes && name.equals("h002") ? 4096 : 2048,
                        4,
                        2,
                        1,
                        down ? 2 : 1,
                        true,
                        List.of(),
                        List.of(new Nexus(name + "a", "arraya"), new Nexus(name + "b", "arrayb")))));
    }

    private static Component port(String initiator) {
        return new Component(ComponentClass.HBA_PORT, initiator);
    }

    private static FleetNexus nexus(String host, String fabric, NexusState state) {
        var up = state == NexusState.UP;
        return new FleetNexus(
                new NexusRow(
                        new Nexus(host + fabric, "array" + fabric),
                        Transport.FC,
                        fabric.equals("b") ? List.of(port(host + fabric), SWITCH) : List.of(port(host + fabric)),
                        new PathCounts(2, up ? 2 : 0, up ? 0 : 2, 0, 0, 0),
                        Duration.ofMinutes(1)),
                state,
                NOW.minusSeconds(9));
    }

    static Incident incident() {
        return incident(Optional.empty());
    }

    private static Incident incident(Optional<Acknowledgement> acknowledged) {
        var members = new ArrayList<Member>();
        for (var host : List.of("h001", "h002")) {
            members.add(new Member(new HostId(host), new Nexus(host + "b", "arrayb")));
        }
        return new Incident(
                "i-1",
                List.of("i-0"),
                Incident.Phase.CONFIRMED,
                Finding.Kind.FAULT,
                List.of(new Suspect(
                        SWITCH,
                        List.of(new Component(ComponentClass.FABRIC, "100000000000000b")),
                        List.of(),
                        1.0,
                        0.98,
                        new Evidence(2, 2, 0, 2, 1, 3, 0))),
                "",
                Optional.empty(),
                12.5,
                members,
                List.of(new HostId("h001"), new HostId("h002")),
                0,
                NOW.minusSeconds(9),
                NOW.minusSeconds(8),
                NOW.minusSeconds(7),
                Optional.of(NOW.minusSeconds(5)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                acknowledged,
                "switch 12 of fabric B",
                "switch 12 of fabric B: 2 of 2 nexuses through it are down on 2 hosts",
                List.of(new Incident.Entry(
                        NOW.minusSeconds(8),
                        Change.Kind.OPENED,
                        "opened",
                        new Incident.Summary(Incident.Phase.PROVISIONAL, List.of(SWITCH), 1, 0.9, 2, 0, 2, 2, 0))));
    }

    static FailbackProgress progress() {
        return new FailbackProgress(
                "f-1",
                Optional.of(SWITCH),
                "eve",
                new Epoch(4, "v1:7600#a1"),
                FailbackProgress.Phase.RUNNING,
                0,
                1,
                0,
                1,
                "",
                NOW,
                NOW,
                List.of(new FailbackProgress.Entry(NOW, "started")));
    }

    static FailbackPlan plan() {
        return new FailbackPlan(
                "0123456789ab",
                Optional.of(SWITCH),
                List.of(new FailbackPlan.Wave(List.of(new FailbackPlan.Step(new HostId("h001"), List.of(LUN))))),
                List.of(new FailbackPlan.LeftOut(new HostId("h003"), LUN, "the host is silent")),
                NOW,
                NOW.plusSeconds(3600));
    }

    private <T> CompletionStage<T> answer(T value) {
        return unavailable
                ? CompletableFuture.failedStage(new FleetUnavailable("this view is rejoining the fleet"))
                : CompletableFuture.completedStage(value);
    }

    @Override
    public CompletionStage<HostAnswer> describeMaps(HostId host, Optional<Wwid> wwid) {
        if (host.value().equals("h003")) {
            return answer(new HostAnswer.Refused("h003 is silent"));
        }
        var path = new MapTopology.Path(
                new Hctl(1, 0, 0, 1),
                new DeviceName("sdb"),
                new DevT(8, 16),
                new Nexus(host + "a", "arraya"),
                Optional.of(true),
                PathState.UP,
                "running",
                50);
        return answer(new HostAnswer.Maps(List.of(new MapTopology(
                LUN,
                LUN.value(),
                new DeviceName("dm-0"),
                "LAB",
                "ARRAY",
                2048,
                false,
                List.of("queue_if_no_path"),
                List.of(),
                1,
                1,
                true,
                List.of(new MapTopology.Group("service-time 0", 50, GroupState.ACTIVE, List.of(path)))))));
    }

    @Override
    public CompletionStage<FailbackPlan> planFailback(Optional<Component> component) {
        return answer(plan());
    }

    @Override
    public CompletionStage<FailbackStart> startFailback(
            Optional<Component> component, Optional<String> plan, String by) {
        started.add(component);
        return answer(
                running.isPresent()
                        ? new FailbackStart.Refused("another failback is running", running)
                        : new FailbackStart.Started(progress()));
    }

    @Override
    public CompletionStage<Optional<FailbackProgress>> pauseFailback(String id, boolean paused) {
        return failback(id);
    }

    @Override
    public CompletionStage<Optional<FailbackProgress>> stopFailback(String id) {
        return failback(id);
    }

    @Override
    public CompletionStage<Optional<FailbackProgress>> failback(String id) {
        return answer(Optional.of(progress()).filter(one -> one.id().equals(id)));
    }

    @Override
    public CompletionStage<List<FailbackProgress>> failbacks() {
        return answer(List.of(progress()));
    }

    @Override
    public CompletionStage<List<Window>> windows() {
        return answer(List.copyOf(windows));
    }

    @Override
    public CompletionStage<Window> agree(Window window) {
        if (!unavailable) {
            windows.removeIf(known -> known.id().equals(window.id()));
            windows.add(window);
        }
        return answer(window);
    }

    @Override
    public AutoCloseable subscribe(Optional<String> afterEventId, Consumer<FleetEvent> listener) {
        resumedAfter.add(afterEventId);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
