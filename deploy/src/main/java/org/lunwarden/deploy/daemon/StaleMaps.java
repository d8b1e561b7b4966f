package org.lunwarden.deploy.daemon;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import org.lunwarden.fleet.cleanup.Cleanup;
import org.lunwarden.fleet.cleanup.LocalWord;
import org.lunwarden.fleet.cleanup.ViewWord;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.dm.MultipathTable;
import org.lunwarden.model.dm.MultipathTableCodec;
import org.lunwarden.model.dm.Parsed;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostCommands;
import org.lunwarden.model.map.MapTopology;

/**
 * Answers whether a map of this host that looks dead is stale: asks the host half how it is, the array through each of its
 * paths whether it still has the unit, and every view whether something that fails explains it. Changes nothing.
 */
public final class StaleMaps {

    /** The begin of the command on this host's socket; a WWID follows. */
    public static final String COMMAND = "cleanup-safe ";

    private static final int MOST_AT_ONCE = 4;
    private static final long PATIENCE_SECONDS = 4;

    private final HostCommands host;
    private final HostPorts ports;
    private final Views views;
    /** A call of device-mapper may hang with the map that is asked for. */
    private final ThreadPoolExecutor calls = new ThreadPoolExecutor(
            0,
            MOST_AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> Thread.ofPlatform().daemon().name("stale-maps").unstarted(work));

    /** Asks every view; empty when one does not answer, or there is none. */
    interface Views {
        CompletionStage<Optional<List<ViewWord>>> ask(Wwid wwid);
    }

    StaleMaps(HostCommands host, HostPorts ports, Views views) {
        this.host = host;
        this.ports = ports;
        this.views = views;
    }

    /** A line of JSON: {@code safe}, {@code verdict}, {@code why}, {@code incidents}. Never fails. */
    CompletionStage<String> answer(String text) {
        if (!Wwid.isValid(text)) {
            return CompletableFuture.completedStage("fail\n'" + printable(text) + "' is no WWID\n");
        }
        var wwid = new Wwid(text);
        return judge(wwid).thenApply(cleanup -> json(wwid, cleanup));
    }

    CompletionStage<Cleanup> judge(Wwid wwid) {
        return local(wwid)
                .thenCombine(views.ask(wwid), Cleanup::of)
                .exceptionally(broken -> Cleanup.of(Optional.empty(), Optional.empty()));
    }

    /** Empty where it cannot be told. */
    private CompletionStage<Optional<LocalWord>> local(Wwid wwid) {
        return host.carryOut(new HostCommand.DescribeMaps(Optional.empty()))
                .thenCompose(answer -> answer instanceof HostAnswer.Maps(var maps)
                        ? maps.stream()
                                .filter(map -> map.wwid().equals(wwid))
                                .findFirst()
                                .map(this::local)
                                .orElseGet(() -> CompletableFuture.completedStage(Optional.of(LocalWord.NO_MAP)))
                        : CompletableFuture.completedStage(Optional.empty()));
    }

    private CompletionStage<Optional<LocalWord>> local(MapTopology map) {
        var paths =
                map.groups().stream().flatMap(group -> group.paths().stream()).toList();
        return kernel(map)
                .thenCombine(
                        AbsentUnits.count(
                                ports.pathProbe(),
                                paths.stream().map(MapTopology.Path::name).toList()),
                        (kernel, absent) -> kernel.map(held -> new LocalWord(
                                true,
                                held.users(),
                                held.withAll(paths).size(),
                                Math.toIntExact(map.usablePaths()),
                                absent)));
    }

    /** @param members disks of the map's table, those too that nobody has told of: through them nobody asks */
    private record Held(int users, Set<DevT> members) {

        Set<DevT> withAll(List<MapTopology.Path> paths) {
            var all = new HashSet<>(members);
            paths.forEach(path -> all.add(path.device()));
            return all;
        }
    }

    private CompletionStage<Optional<Held>> kernel(MapTopology map) {
        try {
            return CompletableFuture.supplyAsync(() -> held(map), calls)
                    .completeOnTimeout(Optional.empty(), PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.completedStage(Optional.empty());
        }
    }

    /** Empty where the kernel does not tell, or what it tells is no table of a multipath map. */
    private Optional<Held> held(MapTopology map) {
        var dm = ports.deviceMapper();
        if (!(dm.info(map.name()) instanceof IoResult.Ok<DeviceMapper.Info>(var told))
                || !told.uuid().equals("mpath-" + map.wwid())
                || !(dm.table(map.name()) instanceof IoResult.Ok<List<DeviceMapper.Target>>(var targets))) {
            return Optional.empty();
        }
        var members = new HashSet<DevT>();
        for (var target : targets) {
            if (!(MultipathTableCodec.parse(target.parameters()) instanceof Parsed.Ok<MultipathTable>(var table))) {
                return Optional.empty();
            }
            members.addAll(table.devices());
        }
        return Optional.of(new Held(told.openCount(), members));
    }

    private static String json(Wwid wwid, Cleanup cleanup) {
        var answer = JsonNodeFactory.instance
                .objectNode()
                .put("wwid", wwid.value())
                .put("safe", cleanup.isSafe())
                .put("verdict", cleanup.verdict().word())
                .put("why", cleanup.why());
        cleanup.incidents().forEach(answer.putArray("incidents")::add);
        return answer + "\n";
    }

    private static String printable(String text) {
        return text.replaceAll("[^!-~ ]", "?");
    }
}
