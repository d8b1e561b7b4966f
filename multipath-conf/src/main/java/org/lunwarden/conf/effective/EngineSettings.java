package org.lunwarden.conf.effective;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.lunwarden.conf.value.Choice;
import org.lunwarden.conf.value.HostKeywords;
import org.lunwarden.conf.value.MapKeywords;
import org.lunwarden.conf.value.Origin;
import org.lunwarden.conf.value.PathKeywords;
import org.lunwarden.model.settings.BoundedWait;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.MapUpkeep;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.model.settings.QueueWithoutDaemon;
import org.lunwarden.model.settings.TransportTimeouts;

/**
 * What the actors of a path and of its map are given, as far as they know it.
 *
 * @param timeoutSaid whether the configuration says how long a check may take
 * @param notOffered what is set and cannot be done yet
 */
public record EngineSettings(PathSettings path, MapSettings map, boolean timeoutSaid, List<NotOffered> notOffered) {

    /** What the kernel gives a SCSI command, where neither a configuration nor the device says anything else. */
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(30);

    private static final String QUEUE_MODE = "queue_mode";

    public EngineSettings {
        notOffered = List.copyOf(notOffered);
    }

    /** @param instead what is done instead */
    public record NotOffered(String keyword, String value, String instead) {

        @Override
        public String toString() {
            return keyword + " " + value + " is not offered yet, " + instead + " is used";
        }
    }

    public static EngineSettings of(Precedence precedence) {
        var notOffered = new ArrayList<NotOffered>();
        var intervals = precedence.intervals();
        return new EngineSettings(
                path(precedence, intervals, notOffered),
                map(precedence, intervals, notOffered),
                precedence.value(HostKeywords.CHECKER_TIMEOUT).isPresent(),
                notOffered);
    }

    /** @param commandTimeout how long the kernel lets a command of the disk take */
    public PathSettings pathOf(Optional<Duration> commandTimeout) {
        return commandTimeout
                .filter(told -> !timeoutSaid)
                .map(told -> path.timingOutAfter(BoundedWait.of(told)))
                .orElse(path);
    }

    private static PathSettings path(Precedence precedence, CheckIntervals intervals, List<NotOffered> notOffered) {
        return new PathSettings(
                offered(
                                "path_checker",
                                precedence.built(PathKeywords.PATH_CHECKER),
                                CheckerKind.values(),
                                CheckerKind::word,
                                notOffered)
                        .orElse(CheckerKind.TUR),
                precedence.built(PathKeywords.DETECT_CHECKER),
                offered("prio", precedence.built(PathKeywords.PRIO), PrioKind.values(), PrioKind::word, notOffered)
                        .orElse(PrioKind.CONST),
                precedence.built(PathKeywords.DETECT_PRIO),
                precedence.built(PathKeywords.PRIO_ARGS),
                BoundedWait.of(intervals.shortest()),
                BoundedWait.of(intervals.longest()),
                BoundedWait.of(precedence.value(HostKeywords.CHECKER_TIMEOUT).orElse(COMMAND_TIMEOUT)),
                new Precautions(
                        ShakyPaths.of(precedence).rule(),
                        precedence.built(HostKeywords.MARGINAL_PATHGROUPS) != Choice.MarginalPathgroups.OFF,
                        new TransportTimeouts(
                                precedence.value(PathKeywords.FAST_IO_FAIL_TMO),
                                precedence.value(PathKeywords.DEV_LOSS_TMO),
                                precedence.value(PathKeywords.EH_DEADLINE),
                                precedence.value(HostKeywords.MAX_RETRIES),
                                Queueing.of(precedence).noPathRetry().orElse(new NoPathRetry.Fail()),
                                BoundedWait.of(intervals.shortest())),
                        precedence.built(MapKeywords.PURGE_DISCONNECTED),
                        precedence.built(PathKeywords.RECHECK_WWID),
                        asksForEachFailure(precedence)));
    }

    /** Only a site that says so gets a line of log for each check of a path that is down for a week. */
    private static boolean asksForEachFailure(Precedence precedence) {
        return precedence
                .explain(HostKeywords.LOG_CHECKER_ERR)
                .holds()
                .filter(found -> found.setting().origin() instanceof Origin.InFile
                        && found.setting().value() == Choice.LogCheckerErr.ALWAYS)
                .isPresent();
    }

    private static MapSettings map(Precedence precedence, CheckIntervals intervals, List<NotOffered> notOffered) {
        var queueing = Queueing.of(precedence);
        return new MapSettings(
                offered(
                                "path_grouping_policy",
                                precedence
                                        .built(MapKeywords.PATH_GROUPING_POLICY)
                                        .word(),
                                GroupingPolicy.values(),
                                GroupingPolicy::word,
                                notOffered)
                        .orElse(GroupingPolicy.FAILOVER),
                detectedGrouping(precedence),
                precedence.built(MapKeywords.PATH_SELECTOR),
                precedence.built(MapKeywords.FAILBACK),
                queueing.noPathRetry().orElse(new NoPathRetry.Fail()),
                features(precedence.protocol(), queueing.features()),
                precedence.value(MapKeywords.HARDWARE_HANDLER).orElse(List.of()),
                BoundedWait.of(intervals.shortest()),
                precedence.built(MapKeywords.SKIP_KPARTX),
                upkeep(precedence));
    }

    /** Over NVMe/TCP the kernel's target must take I/O as bios, whatever is set. */
    private static List<String> features(String protocol, List<String> set) {
        if (!protocol.equals("nvme:tcp")) {
            return set;
        }
        var words = new ArrayList<>(set);
        var said = words.indexOf(QUEUE_MODE);
        if (said >= 0) {
            words.subList(said, Math.min(said + 2, words.size())).clear();
        }
        words.addAll(List.of(QUEUE_MODE, "bio"));
        return words;
    }

    private static Optional<GroupingPolicy> detectedGrouping(Precedence precedence) {
        if (!precedence.built(MapKeywords.DETECT_PGPOLICY)) {
            return Optional.empty();
        }
        return Optional.of(
                precedence.built(MapKeywords.DETECT_PGPOLICY_USE_TPG)
                        ? GroupingPolicy.GROUP_BY_TPG
                        : GroupingPolicy.GROUP_BY_PRIO);
    }

    private static MapUpkeep upkeep(Precedence precedence) {
        return new MapUpkeep(
                precedence.built(HostKeywords.AUTO_RESIZE),
                precedence.built(MapKeywords.FLUSH_ON_LAST_DEL),
                precedence.built(MapKeywords.DEFERRED_REMOVE),
                precedence
                        .value(HostKeywords.QUEUE_WITHOUT_DAEMON)
                        .map(yes -> yes ? QueueWithoutDaemon.YES : QueueWithoutDaemon.NO)
                        .orElse(QueueWithoutDaemon.UNTIL_SHUTDOWN),
                Optional.of(BoundedWait.of(Duration.ofSeconds(precedence.built(MapKeywords.GHOST_DELAY))))
                        .filter(Duration::isPositive),
                BoundedWait.of(precedence.built(HostKeywords.MISSING_UEV_WAIT_TIMEOUT)),
                precedence.built(HostKeywords.REASSIGN_MAPS),
                precedence.value(MapKeywords.MAX_SECTORS_KB),
                precedence.built(HostKeywords.REMOVE_RETRIES));
    }

    private static <T> Optional<T> offered(
            String keyword, String wanted, T[] kinds, Function<T, String> word, List<NotOffered> notOffered) {
        var found = Arrays.stream(kinds)
                .filter(kind -> word.apply(kind).equals(wanted))
                .findFirst();
        if (found.isEmpty()) {
            notOffered.add(new NotOffered(keyword, wanted, word.apply(kinds[0])));
        }
        return found;
    }
}
