package org.lunwarden.http.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;

import org.lunwarden.fleet.ViewFigures;
import org.lunwarden.fleet.ViewFigures.Notifier;
import org.lunwarden.fleet.ViewFigures.Told;
import org.lunwarden.fleet.ViewFigures.Waiting;
import org.lunwarden.fleet.ViewFigures.Work;
import org.lunwarden.http.metrics.Families.Sample;

/** The metrics of a view. None has a label of a host, a path or a map. */
public record ViewMetrics(ViewFigures figures, String version) {

    private static final double NANOS = 1e9;

    public MetricsPage page(String accept) {
        return MetricsPage.of(accept, all());
    }

    private MetricSnapshots all() {
        var families = new Families()
                .info("build", "Release of this daemon.", "version", version)
                .gauge("view_member", "Whether this view is a member of the fleet.", figures.member())
                .gauge(
                        "view_majority",
                        "Whether this view reaches more than half of the views, itself included.",
                        figures.majority())
                .gauges("hosts", "Hosts by how this view hears them.", hosts())
                .gauges(
                        "nexuses",
                        "I_T nexuses of all hosts by state; unknown unless their host reports.",
                        byWord("state", figures.nexuses()))
                .gauge("nexuses_unexplained", "Failed nexuses that no incident explains.", figures.unexplained())
                .gauges(
                        "incidents_open",
                        "Open incidents by class of the component that is named as their cause, and severity.",
                        figures.incidents().stream()
                                .map(open -> new Sample(
                                        open.count(),
                                        "class",
                                        open.cause(),
                                        "severity",
                                        open.severity().word()))
                                .toList())
                .gauges("windows", "Silences and maintenance that hold.", byWord("kind", figures.windows()))
                .gauges("failbacks", "Coordinated failbacks of the last while.", byWord("phase", figures.failbacks()))
                .gauges(
                        "replication_age_seconds",
                        "How long ago another view was last heard of in what the views share.",
                        figures.replication().entrySet().stream()
                                .map(age -> new Sample(seconds(age.getValue()), "view", age.getKey()))
                                .toList())
                .gauges(
                        "site_file_differs",
                        "Whether another view follows another site file than this one.",
                        figures.otherSites().entrySet().stream()
                                .map(other -> new Sample(other.getValue() ? 1 : 0, "view", other.getKey()))
                                .toList());
        work(families, figures.work());
        families.gauge(
                "notifier_running",
                "Whether the fleet's one notifier runs on this view.",
                figures.notifier().isPresent());
        figures.notifier().ifPresent(notifier -> notifier(families, notifier));
        var history = figures.history();
        return families.gauge(
                        "history_working",
                        "Whether the store of the history answers, if there is one.",
                        history.working())
                .gauge("history_waiting", "What is still to be written to the history.", history.waiting())
                .counter("history_dropped", "What could not be kept in the history.", history.dropped())
                .done();
    }

    /** Those at a site with its label, so that the sum of all is that of the fleet. */
    private List<Sample> hosts() {
        var samples = new ArrayList<Sample>();
        figures.hosts().forEach((contact, count) -> {
            var elsewhere = figures.sites().values().stream()
                    .mapToInt(site -> site.getOrDefault(contact, 0))
                    .sum();
            samples.add(new Sample(count - elsewhere, "state", word(contact)));
        });
        figures.sites()
                .forEach((site, contacts) -> contacts.forEach(
                        (contact, count) -> samples.add(new Sample(count, "site", site, "state", word(contact)))));
        return samples;
    }

    private static void work(Families families, Work work) {
        families.histogram(
                        "diagnosis_duration_seconds", "How long a look at what all hosts say takes.", work.diagnosis())
                .counters(
                        "fleet_checks",
                        "Checks of nexuses that were worth it: hosts were asked, or the budget had no room.",
                        List.of(
                                new Sample(work.checksGranted(), "outcome", "granted"),
                                new Sample(work.checksRefused(), "outcome", "refused")))
                .counters(
                        "notifications",
                        "Notifications that this view handed to a channel, by what came of it.",
                        work.told().stream().flatMap(ViewMetrics::outcomes).toList());
        work.spoolWorking()
                .ifPresent(isWorking -> families.gauge(
                        "alert_spool_working",
                        "Whether the disk takes what is kept of alerts and windows for a stop of all views.",
                        isWorking));
    }

    private static Stream<Sample> outcomes(Told told) {
        return Stream.of(
                new Sample(told.delivered(), "channel", told.channel(), "outcome", "delivered"),
                new Sample(told.failed(), "channel", told.channel(), "outcome", "failed"),
                new Sample(told.refused(), "channel", told.channel(), "outcome", "refused"));
    }

    private static void notifier(Families families, Notifier notifier) {
        families.gauges(
                        "notifications_waiting",
                        "Incidents of which a channel is still to be told something.",
                        byChannel(notifier, Waiting::incidents))
                .gauges(
                        "channel_failing",
                        "Whether a channel has taken nothing since it last failed.",
                        byChannel(notifier, waiting -> waiting.failing() ? 1 : 0))
                .gauge(
                        "alert_book_entries",
                        "Incidents that were told of and are not forgotten.",
                        notifier.bookEntries())
                .gauge(
                        "alert_book_characters",
                        "Size of what the views keep of these, before it is compressed.",
                        (double) notifier.bookSize())
                .gauge(
                        "alert_book_working",
                        "Whether a majority of the views took what the notifier wrote last; nothing new is sent before.",
                        notifier.bookWorking());
    }

    private static List<Sample> byChannel(Notifier notifier, ToDoubleFunction<Waiting> value) {
        return notifier.waiting().stream()
                .map(waiting -> new Sample(value.applyAsDouble(waiting), "channel", waiting.channel()))
                .toList();
    }

    private static List<Sample> byWord(String label, Map<? extends Enum<?>, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> new Sample(count.getValue(), label, word(count.getKey())))
                .toList();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }
}
