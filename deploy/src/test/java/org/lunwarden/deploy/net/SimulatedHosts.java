package org.lunwarden.deploy.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.lunwarden.cli.config.DaemonConfig;
import org.lunwarden.cli.config.DaemonConfig.Loaded;
import org.lunwarden.deploy.daemon.Daemon;
import org.lunwarden.fleet.FleetNode;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.io.simulated.SimulatedIo;
import org.lunwarden.io.simulated.SimulatedSan;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.map.MapTopology;

/**
 * Daemons of hosts, configured by files, above this process's own copy of the simulated SAN; the copies of all processes are
 * told the same. Reads lines, answers each with one:
 *
 * <pre>
 * fail KIND ID      a part of the SAN breaks
 * restore KIND ID   and works again
 * start             starts the daemons
 * read              from now on an application reads from each map, all the time
 * state             what the hosts have, as JSON
 * </pre>
 */
public final class SimulatedHosts {

    private static final Duration IO_INTERVAL = Duration.ofMillis(50);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimulatedSan san;
    private final Path folder;
    private final List<String> names;
    private final Map<String, Daemon> daemons = new LinkedHashMap<>();
    private final Map<String, List<SimulatedIo>> io = new LinkedHashMap<>();

    private SimulatedHosts(SimulatedSan san, Path folder, List<String> names) {
        this.san = san;
        this.folder = folder;
        this.names = names;
    }

    /** @param args number of hosts in the SAN, folder of their configurations, names of those that live here */
    public static void main(String[] args) throws IOException {
        var answers = System.out;
        System.setOut(new PrintStream(System.err, true, StandardCharsets.UTF_8));
        var hosts = new SimulatedHosts(
                NetSan.build(Integer.parseInt(args[0])),
                Path.of(args[1]),
                List.of(args).subList(2, args.length));
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.println(hosts.carryOut(line.split(" ", -1)));
                answers.flush();
            }
        }
        System.exit(0);
    }

    private String carryOut(String... words) throws JsonProcessingException {
        switch (words[0]) {
            case "fail" -> san.fail(part(words));
            case "restore" -> san.restore(part(words));
            case "start" -> names.forEach(name -> daemons.put(name, start(name)));
            case "read" -> daemons.forEach((name, daemon) -> io.put(name, read(name, daemon)));
            case "state" -> {
                return JSON.writeValueAsString(names.stream().map(this::state).toList());
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
        return "done";
    }

    private Part part(String... words) {
        return san.part(Part.Kind.valueOf(words[1]), words[2]).orElseThrow();
    }

    private Daemon start(String name) {
        var ports = san.host(name);
        return switch (DaemonConfig.load(
                Optional.of(folder.resolve(name + ".conf")), DaemonConfig.Kind.NODE, ports.facts())) {
            case Loaded.Settings(var settings) -> Daemon.ofHost(ports, settings);
            case Loaded.Broken(var problems) -> throw new IllegalStateException(problems.toString());
        };
    }

    private List<SimulatedIo> read(String name, Daemon daemon) {
        var started = new ArrayList<SimulatedIo>();
        for (var map : maps(daemon)) {
            switch (san.io(name, map.name(), IO_INTERVAL)) {
                case IoResult.Ok<SimulatedIo>(var reading) -> started.add(reading);
                case IoResult.Refused<SimulatedIo> refused -> throw new IllegalStateException(refused.toString());
            }
        }
        return started;
    }

    private Map<String, Object> state(String name) {
        var daemon = Optional.ofNullable(daemons.get(name)).orElseThrow();
        var maps = maps(daemon);
        var counts = io.getOrDefault(name, List.of()).stream()
                .map(SimulatedIo::count)
                .toList();
        var state = new LinkedHashMap<String, Object>();
        state.put("host", name);
        state.put("maps", maps.size());
        state.put(
                "paths",
                maps.stream()
                        .mapToInt(map -> map.groups().stream()
                                .mapToInt(group -> group.paths().size())
                                .sum())
                        .sum());
        state.put("usable", maps.stream().mapToLong(MapTopology::usablePaths).sum());
        state.put(
                "reads", counts.stream().mapToLong(SimulatedIo.Count::completed).sum());
        state.put(
                "failedReads",
                counts.stream().mapToLong(SimulatedIo.Count::errors).sum());
        state.put(
                "slowestMillis",
                counts.stream()
                        .mapToLong(count -> count.slowest().toMillis())
                        .max()
                        .orElse(0));
        state.put("member", daemon.fleet().map(FleetNode::isMember).orElse(false));
        return state;
    }

    private static List<MapTopology> maps(Daemon daemon) {
        return daemon.node()
                .flatMap(node -> node.commands()
                                        .carryOut(new HostCommand.DescribeMaps(Optional.empty()))
                                        .toCompletableFuture()
                                        .join()
                                instanceof HostAnswer.Maps(var maps)
                        ? Optional.of(maps)
                        : Optional.empty())
                .orElse(List.of());
    }
}
