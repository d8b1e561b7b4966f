package org.lunwarden.deploy.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.lunwarden.deploy.lab.Await;
import org.lunwarden.deploy.lab.Jvm;
import org.lunwarden.io.simulated.Part;

/**
 * Three views and a number of hosts. Views are the program as it is installed; hosts are whole daemons above a simulated SAN,
 * some of them in one process behind one network interface. All are configured by files, and joined over TLS.
 */
final class NetFleet implements AutoCloseable {

    static final List<String> VIEWS = List.of("v1", "v2", "v3");
    /** Founds the fleet, so that its singletons are with it; the leader is the one with the lowest address, v1. */
    static final List<String> SEEDS = List.of("v2", "v1", "v3");

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String PROGRAM =
            Path.of("target/lunwarden/bin/lunwarden").toAbsolutePath().toString();
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param hostsPerProcess hosts that share a process and a network interface
     * @param stableAfter how long membership must be quiet before somebody is downed
     */
    record Size(int hosts, int hostsPerProcess, Duration stableAfter) {
        Size {
            if (hosts % hostsPerProcess != 0) {
                throw new IllegalArgumentException(hosts + " hosts, " + hostsPerProcess + " to a process");
            }
        }
    }

    private final Size size;
    private final Path folder;
    private final Wires wires;
    private final ViewHttp http;
    private final Inbox inbox;
    private final Map<String, List<String>> groups = new LinkedHashMap<>();
    private final Map<String, Member> members = new HashMap<>();
    private final Map<String, Map<String, String>> environments = new HashMap<>();
    private final Set<String> broken = new LinkedHashSet<>();

    private NetFleet(Size size, Path folder) {
        this.size = size;
        this.folder = folder;
        for (var first = 0; first < size.hosts(); first += size.hostsPerProcess()) {
            groups.put(
                    "g" + (groups.size() + 1),
                    IntStream.range(first, first + size.hostsPerProcess())
                            .mapToObj(NetSan::name)
                            .toList());
        }
        var names = new ArrayList<>(VIEWS);
        names.addAll(groups.keySet());
        this.wires = Wires.lay(names);
        this.http = new ViewHttp(wires);
        this.inbox = Inbox.open();
    }

    /** @param folder for configurations, histories and logs */
    static NetFleet start(Size size, Path folder) throws IOException {
        var fleet = new NetFleet(size, folder);
        NetConfigs.write(fleet.size, fleet.groups, fleet.wires, folder);
        SEEDS.forEach(fleet::start);
        fleet.startHosts(fleet.groups());
        fleet.awaitWell();
        fleet.read(fleet.groups());
        return fleet;
    }

    static String seeds(Wires wires) {
        return SEEDS.stream()
                .map(seed -> '"' + wires.address(seed) + ":" + NetConfigs.PORT + '"')
                .collect(Collectors.joining(", "));
    }

    Wires wires() {
        return wires;
    }

    /** Where a view keeps what it keeps. */
    Path folder(String view) {
        return folder.resolve(view);
    }

    Inbox inbox() {
        return inbox;
    }

    /** Processes of hosts. */
    List<String> groups() {
        return List.copyOf(groups.keySet());
    }

    /** What the process is given the next time that it is started. */
    void environment(String name, Map<String, String> environment) {
        environments.put(name, environment);
    }

    /** A view, or hosts that then want {@link #startHosts}. */
    void start(String name) {
        var program = VIEWS.contains(name)
                ? List.of(
                        PROGRAM,
                        "view",
                        "--config",
                        folder.resolve(name + ".conf").toString())
                : hostsProgram(name);
        var environment = new HashMap<>(Map.of("LUNWARDEN_JAVA_HOME", Jvm.HOME.toString()));
        environment.putAll(environments.getOrDefault(name, Map.of()));
        members.put(name, Member.start(name, wires.in(name, program), environment, folder.resolve(name + ".log")));
    }

    /** On a SAN that is as it is now. */
    void startHosts(List<String> processes) {
        processes.forEach(this::start);
        for (var part : broken) {
            tell(processes, "fail " + part);
        }
        tell(processes, "start");
    }

    /** Applications read from all maps of these hosts from now on. */
    void read(List<String> processes) {
        tell(processes, "read");
    }

    /** As {@link System#nanoTime} has it. */
    long startedAt(String name) {
        return member(name).startedAt();
    }

    Member member(String name) {
        return Optional.ofNullable(members.get(name)).orElseThrow();
    }

    void fail(Part part) {
        broken.add(part.kind() + " " + part.id());
        tell(groups(), "fail " + part.kind() + " " + part.id());
    }

    void restore(Part part) {
        broken.remove(part.kind() + " " + part.id());
        tell(groups(), "restore " + part.kind() + " " + part.id());
    }

    /** What a view answers; empty when it does not. */
    Optional<JsonNode> get(String view, String path) {
        return http.request(view, "GET", path, "");
    }

    Optional<JsonNode> post(String view, String path, String body) {
        return http.request(view, "POST", path, body);
    }

    /** Ids of incidents of that kind, fault or silence, which a view has open. Empty when it does not answer. */
    Optional<Set<String>> open(String view, String kind) {
        return get(view, "/api/v1/incidents?open=true").map(page -> {
            var ids = new TreeSet<String>();
            page.path("items").forEach(incident -> {
                if (incident.path("kind").asText().equals(kind)) {
                    ids.add(incident.path("id").asText());
                }
            });
            return ids;
        });
    }

    /** Waits until every view is in one fleet, hears all hosts and has nothing open, and every path works. */
    void awaitWell() {
        for (var view : VIEWS) {
            Await.until(
                    PATIENCE,
                    view + " hears all hosts and has nothing open",
                    () -> {
                        requireAlive();
                        return get(view, "/api/v1/fleet")
                                .map(JsonNode::toString)
                                .orElse("no answer");
                    },
                    this::isWell);
        }
        Await.until(PATIENCE, "all paths of all hosts work", () -> states(groups()), this::areWhole);
    }

    private void requireAlive() {
        members.forEach((name, member) -> {
            if (!member.isAlive()) {
                throw new AssertionError(name + " has ended; its log says why");
            }
        });
    }

    private boolean isWell(String seen) {
        return seen.contains("\"member\":true,\"majority\":true")
                && seen.contains("\"hostsReporting\":" + size.hosts() + ",\"openIncidents\":0");
    }

    private boolean areWhole(List<JsonNode> states) {
        return states.stream()
                .allMatch(state -> state.path("maps").asInt() == NetSan.MAPS
                        && state.path("usable").asInt() == NetSan.MAPS * NetSan.PATHS_OF_A_MAP
                        && state.path("member").asBoolean());
    }

    /** One for each host. */
    List<JsonNode> states(List<String> processes) {
        var states = new ArrayList<JsonNode>();
        for (var answer : tell(processes, "state")) {
            try {
                JSON.readTree(answer).forEach(states::add);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return states;
    }

    /** Mends what a scenario that did not hold has left behind. */
    void recover() {
        wires.mendAll();
        for (var name : List.copyOf(members.keySet())) {
            member(name).signal("CONT");
            if (!member(name).isAlive() && VIEWS.contains(name)) {
                start(name);
            } else if (!member(name).isAlive()) {
                startHosts(List.of(name));
            }
        }
        for (var part : List.copyOf(broken)) {
            broken.remove(part);
            tell(groups(), "restore " + part);
        }
    }

    /** Reads of applications that failed, on all hosts. */
    long failedReads() {
        return states(groups()).stream()
                .mapToLong(state -> state.path("failedReads").asLong())
                .sum();
    }

    private List<String> tell(List<String> processes, String line) {
        try (var side = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> all = processes.stream()
                    .<Callable<String>>map(name -> () -> member(name).ask(line))
                    .toList();
            var answers = new ArrayList<String>();
            for (Future<String> answer : side.invokeAll(all)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException broken) {
            throw new IllegalStateException(line, broken.getCause());
        }
    }

    private List<String> hostsProgram(String name) {
        var program = new ArrayList<>(List.of(Jvm.command().split(" ", -1)));
        program.addAll(List.of(
                "-Xmx384m",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatedHosts.class.getName(),
                Integer.toString(size.hosts()),
                folder.toString()));
        program.addAll(Optional.ofNullable(groups.get(name)).orElseThrow());
        return program;
    }

    @Override
    public void close() {
        inbox.close();
        members.values().forEach(Member::kill);
    }
}
