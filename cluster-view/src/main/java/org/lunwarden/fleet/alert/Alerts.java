package org.lunwarden.fleet.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.alert.Notification.Former;
import org.lunwarden.fleet.alert.Notification.Kind;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.incident.Incident.Phase;
import org.lunwarden.fleet.sitefile.SiteFile;

/**
 * Decides what is told: that there is an incident, once it is confirmed; that it got worse, has another suspect or hurts
 * many more; and that it is over. Never of paths, and of no change that would not make somebody act otherwise.
 *
 * @param known what was told before
 * @param fleet of a view that is a member and reaches most views
 * @param windows of any time
 * @param site whose sets windows may be about
 * @param since when whoever tells began to look
 */
public record Alerts(
        Collection<AlertEntry> known,
        FleetSnapshot fleet,
        Collection<Window> windows,
        SiteFile site,
        Instant since,
        AlertSettings settings) {

    /** Labels that are not true any more are told so for so long. */
    private static final Duration FORMER = Duration.ofMinutes(15);

    private static final String WORKED_ON = "explained by maintenance";

    private static final String WORK_DONE = "still there after maintenance";

    /** So soon after maintenance it is known what is still amiss. */
    private static final Duration AFTER_WORK = Duration.ofMinutes(2);

    /** Who was sent to the wrong place is told so much sooner. */
    private static final int WRONG = 4;

    /** What changed, each with one notification more, or with one more name. */
    public List<AlertEntry> next(Instant now) {
        var changed = new ArrayList<AlertEntry>();
        var quiet = Quiet.of(windows, now);
        var found = new HashSet<AlertEntry>();
        for (var incident : fleet.incidents()) {
            var entry = known.stream().filter(each -> each.isOf(incident)).findFirst();
            entry.ifPresent(found::add);
            if (entry.filter(AlertEntry::isOpen).isPresent()) {
                var named = entry.get().known(incident);
                var next = again(named, incident, quiet, now);
                next.map(named::told)
                        .or(() -> named.equals(entry.get()) ? Optional.empty() : Optional.of(named))
                        .ifPresent(changed::add);
            } else if (isToBegin(entry, incident, now) && !quiet.covers(incident, fleet)) {
                changed.add(entry.map(closed -> closed.known(incident)
                                .told(notification(incident, Kind.FIRING, "again", Optional.of(closed), now)))
                        .orElseGet(() -> AlertEntry.first(
                                incident, notification(incident, Kind.FIRING, "confirmed", Optional.empty(), now))));
            }
        }
        known.stream()
                .filter(entry -> entry.isOpen() && !found.contains(entry) && isForgotten(entry, now))
                .map(entry -> entry.told(forgotten(entry, now)))
                .forEach(changed::add);
        return changed;
    }

    /** One that comes and goes is not told of each time. */
    private boolean isToBegin(Optional<AlertEntry> before, Incident incident, Instant now) {
        return incident.phase() == Phase.CONFIRMED
                && before.filter(entry ->
                                entry.last().at().plus(settings.spacing()).isAfter(now))
                        .isEmpty();
    }

    /** What is told of an incident that was told of before; mostly nothing. */
    private Optional<Notification> again(AlertEntry entry, Incident incident, Quiet quiet, Instant now) {
        if (!incident.isOpen()) {
            if (incident.mergedInto().isEmpty() && isWorkedOn(entry, incident, now)) {
                return entry.last().reason().equals(WORKED_ON)
                        ? Optional.empty()
                        : Optional.of(notification(incident, Kind.UPDATED, WORKED_ON, Optional.of(entry), now));
            }
            var why = incident.mergedInto()
                    .map(whole -> "part of incident " + whole)
                    .orElse("over");
            return Optional.of(notification(incident, Kind.RESOLVED, why, Optional.of(entry), now));
        }
        if (quiet.coversCause(incident, fleet)) {
            return Optional.empty();
        }
        return reason(entry, incident, quiet, now)
                .map(reason -> notification(incident, Kind.UPDATED, reason, Optional.of(entry), now));
    }

    /** What is planned hides what is amiss, and mends nothing. At its end that shows within a while. */
    private boolean isWorkedOn(AlertEntry entry, Incident incident, Instant now) {
        var lately = entry.last().reason().equals(WORKED_ON) ? AFTER_WORK : Duration.ZERO;
        return Maintenance.of(windows, site, now, lately).explains(Set.copyOf(incident.members()), fleet);
    }

    private Optional<String> reason(AlertEntry entry, Incident incident, Quiet quiet, Instant now) {
        var last = entry.last();
        var age = Duration.between(last.at(), now);
        if (age.compareTo(settings.least()) < 0) {
            return Optional.empty();
        }
        var reach = Reach.of(fleet, incident);
        var severity = Severity.of(reach);
        if (severity.isWorseThan(last.severity())) {
            return Optional.of(
                    "worse: " + severity.word() + ", was " + last.severity().word());
        }
        if (quiet.names(incident)) {
            return Optional.empty();
        }
        if (last.reason().equals(WORKED_ON)) {
            return Optional.of(WORK_DONE).filter(any -> incident.phase() == Phase.CONFIRMED);
        }
        if (!suspect(incident).equals(suspect(last))
                && age.compareTo(settings.spacing().dividedBy(WRONG)) >= 0) {
            return Optional.of("another suspect");
        }
        if (age.compareTo(settings.spacing()) < 0) {
            return Optional.empty();
        }
        if (isManyMore(reach.hosts(), last.reach().hosts())
                || isManyMore(reach.maps(), last.reach().maps())) {
            return Optional.of("hurts more");
        }
        if (severity != last.severity() && incident.phase() != Phase.RESOLVING) {
            return Optional.of(
                    "less bad: " + severity.word() + ", was " + last.severity().word());
        }
        return incident.acknowledgement().isEmpty() && age.compareTo(settings.remind()) >= 0
                ? Optional.of("still open")
                : Optional.empty();
    }

    /** By half at least. */
    private static boolean isManyMore(int now, int before) {
        return now > before && 2 * now >= 3 * before;
    }

    private static String suspect(Incident incident) {
        return incident.isNamed() && incident.kind() == org.lunwarden.fleet.diagnosis.Finding.Kind.FAULT
                ? incident.first().component().kind().word() + ":"
                        + incident.first().component().id()
                : ":";
    }

    private static String suspect(Notification told) {
        return told.labels().getOrDefault("class", "") + ":" + told.labels().getOrDefault("component", "");
    }

    private Notification notification(
            Incident incident, Kind kind, String reason, Optional<AlertEntry> before, Instant now) {
        var id = before.map(AlertEntry::incident).orElse(incident.id());
        var reach = Reach.of(fleet, incident);
        var isHidden = kind == Kind.RESOLVED || reason.equals(WORKED_ON);
        var severity =
                isHidden ? before.map(entry -> entry.last().severity()).orElse(Severity.WARNING) : Severity.of(reach);
        var labels = isHidden && before.isPresent()
                ? before.get().last().labels()
                : Labels.of(id, severity, incident, fleet, settings.names());
        var words = new Words(settings.names());
        return new Notification(
                id,
                before.map(entry -> entry.last().number()).orElse(0) + 1,
                kind,
                reason,
                now,
                severity,
                incident.onset(),
                kind == Kind.RESOLVED ? Optional.of(incident.resolvedAt().orElse(now)) : Optional.empty(),
                labels,
                former(before, labels, now),
                reason.equals(WORKED_ON) ? words.planned(incident) : words.summary(incident, severity, reach),
                reason.equals(WORKED_ON) ? words.whilePlanned(incident, reach) : words.description(incident, reach),
                link(incident.id()),
                reach);
    }

    private String link(String incident) {
        return settings.link().isEmpty() ? "" : settings.link() + "/api/v1/incidents/" + incident;
    }

    private static List<Former> former(Optional<AlertEntry> before, java.util.Map<String, String> labels, Instant now) {
        if (before.isEmpty()) {
            return List.of();
        }
        var last = before.get().last();
        var former = new ArrayList<>(last.former());
        if (!last.labels().isEmpty() && !last.labels().equals(labels)) {
            former.add(new Former(last.labels(), now));
        }
        former.removeIf(each ->
                each.labels().equals(labels) || each.endsAt().plus(FORMER).isBefore(now));
        return former;
    }

    private boolean isForgotten(AlertEntry entry, Instant now) {
        if (entry.last().reason().equals(WORKED_ON)
                && !Maintenance.of(windows, now).components().isEmpty()) {
            return false;
        }
        var looked = entry.last().at().isAfter(since) ? entry.last().at() : since;
        return Duration.between(looked, now).compareTo(settings.forgotten()) > 0;
    }

    private Notification forgotten(AlertEntry entry, Instant now) {
        var last = entry.last();
        return new Notification(
                last.incident(),
                last.number() + 1,
                Kind.RESOLVED,
                "no view knows it any more",
                now,
                last.severity(),
                last.startsAt(),
                Optional.of(now),
                last.labels(),
                former(Optional.of(entry), last.labels(), now),
                "resolved: no view knows of it any more: " + last.summary(),
                "The views were started anew and find nothing of it in what hosts report.",
                last.url(),
                last.reach());
    }
}
