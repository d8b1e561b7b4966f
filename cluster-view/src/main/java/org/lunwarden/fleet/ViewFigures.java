package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.lunwarden.fleet.alert.Reach;
import org.lunwarden.fleet.alert.Severity;
import org.lunwarden.fleet.alert.Window;
import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.history.HistoryStatus;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.sitefile.SiteFile;
import org.lunwarden.model.figures.Durations;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.NexusState;

/**
 * The fleet, and a view's own work, counted: few numbers, however many hosts there are.
 *
 * @param hosts every contact, be it 0
 * @param sites by site, those of the hosts that the site file puts there, every contact
 * @param nexuses every state, be it 0
 * @param unexplained failed nexuses that no incident explains
 * @param incidents that are open
 * @param windows silences and maintenance that hold now
 * @param failbacks of the last while, every phase, be it 0
 * @param replication by the address of each other view, how long ago it was last heard of in what the views share
 * @param otherSites by the address of each other view, whether it follows another site file than this one
 * @param work of this view since its process began
 * @param notifier when the fleet's one notifier runs on this view
 */
public record ViewFigures(
        HostId view,
        boolean member,
        boolean majority,
        Map<Contact, Integer> hosts,
        SortedMap<String, Map<Contact, Integer>> sites,
        Map<NexusState, Integer> nexuses,
        int unexplained,
        List<OpenIncidents> incidents,
        Map<Window.Kind, Integer> windows,
        Map<FailbackProgress.Phase, Integer> failbacks,
        SortedMap<String, Duration> replication,
        SortedMap<String, Boolean> otherSites,
        Work work,
        Optional<Notifier> notifier,
        HistoryStatus history) {

    public ViewFigures {
        hosts = Map.copyOf(hosts);
        sites = new TreeMap<>(sites);
        nexuses = Map.copyOf(nexuses);
        incidents = List.copyOf(incidents);
        windows = Map.copyOf(windows);
        failbacks = Map.copyOf(failbacks);
        replication = new TreeMap<>(replication);
        otherSites = new TreeMap<>(otherSites);
    }

    /** @param cause word of the class of component that is named as the cause; {@code silence} or {@code unclear} where none is */
    public record OpenIncidents(String cause, Severity severity, int count) {}

    /**
     * @param diagnosis how long each look at what all hosts say took
     * @param checksGranted checks of nexuses that hosts were asked for
     * @param checksRefused checks that were worth it and not asked for: no room in the budget, or asked for just before
     * @param told what came of telling each channel
     * @param spoolWorking whether the disk takes what is kept of alerts for a stop of all views; empty without a spool
     */
    public record Work(
            Durations diagnosis,
            long checksGranted,
            long checksRefused,
            List<Told> told,
            Optional<Boolean> spoolWorking) {
        public Work {
            told = List.copyOf(told);
        }
    }

    /**
     * What came of notifications that this view sent to a channel.
     *
     * @param failed not taken, and to be sent again
     * @param refused for good
     */
    public record Told(String channel, long delivered, long failed, long refused) {}

    /**
     * How the notifier stands.
     *
     * @param bookEntries incidents that were told of and are not forgotten
     * @param bookSize characters of what the views keep of them
     * @param bookWorking whether a majority of the views took what was written to it last
     */
    public record Notifier(List<Waiting> waiting, int bookEntries, long bookSize, boolean bookWorking) {
        public Notifier {
            waiting = List.copyOf(waiting);
        }
    }

    /**
     * @param incidents of which the channel is still to be told something
     * @param failing whether it took nothing since it last failed
     */
    public record Waiting(String channel, int incidents, boolean failing) {}

    static ViewFigures of(
            FleetSnapshot fleet,
            Collection<FailbackProgress> failbacks,
            Collection<Window> windows,
            SiteFile site,
            SortedMap<String, Boolean> otherSites,
            ViewCounts counts,
            HistoryStatus history,
            Instant now) {
        var hosts = none(Contact.class, Contact.values());
        var nexuses = none(NexusState.class, NexusState.values());
        var sites = new TreeMap<String, Map<Contact, Integer>>();
        var membership = site.membership();
        for (var host : fleet.hosts()) {
            hosts.merge(host.contact(), 1, Integer::sum);
            SiteFile.sitesOf(host.host(), membership).stream()
                    .findFirst()
                    .ifPresent(at -> sites.computeIfAbsent(at, first -> none(Contact.class, Contact.values()))
                            .merge(host.contact(), 1, Integer::sum));
            host.nexuses().forEach(nexus -> nexuses.merge(nexus.state(), 1, Integer::sum));
        }
        var held = none(Window.Kind.class, Window.Kind.values());
        windows.stream()
                .filter(window -> window.isActive(now))
                .forEach(window -> held.merge(window.kind(), 1, Integer::sum));
        var phases = none(FailbackProgress.Phase.class, FailbackProgress.Phase.values());
        failbacks.forEach(failback -> phases.merge(failback.phase(), 1, Integer::sum));
        return new ViewFigures(
                fleet.view(),
                fleet.member(),
                fleet.majority(),
                hosts,
                sites,
                nexuses,
                fleet.unexplained().size(),
                open(fleet),
                held,
                phases,
                counts.replication(now),
                otherSites,
                counts.work(),
                counts.notifier(now),
                history);
    }

    private static <K extends Enum<K>> Map<K, Integer> none(Class<K> type, K[] all) {
        var none = new EnumMap<K, Integer>(type);
        for (var each : all) {
            none.put(each, 0);
        }
        return none;
    }

    private static List<OpenIncidents> open(FleetSnapshot fleet) {
        var counts = new TreeMap<String, Map<Severity, Integer>>();
        for (var incident : fleet.incidents()) {
            if (incident.isOpen()) {
                counts.computeIfAbsent(cause(incident), first -> new EnumMap<>(Severity.class))
                        .merge(Severity.of(Reach.of(fleet, incident)), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .flatMap(cause -> cause.getValue().entrySet().stream()
                        .map(each -> new OpenIncidents(cause.getKey(), each.getKey(), each.getValue())))
                .toList();
    }

    private static String cause(Incident incident) {
        if (incident.kind() != Finding.Kind.FAULT) {
            return "silence";
        }
        return incident.isNamed() ? incident.first().component().kind().word() : "unclear";
    }
}
