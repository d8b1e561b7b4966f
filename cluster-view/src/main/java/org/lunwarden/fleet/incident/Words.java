package org.lunwarden.fleet.incident;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.lunwarden.fleet.diagnosis.Evidence;
import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.diagnosis.Suspect;
import org.lunwarden.fleet.incident.Incident.Phase;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/** An incident as a tired person wants to read it. */
final class Words {

    private static final int MOST_HOSTS = 5;
    private static final int MOST_NAMES = 3;

    /** From this share on, what fails is called down. */
    static final double HARD = 0.8;

    private final Names names;

    Words(Names names) {
        this.names = names;
    }

    String title(Draft incident) {
        if (incident.kind == Finding.Kind.SILENCE) {
            return silence(incident.suspects);
        }
        if (!incident.doubt.isEmpty()) {
            return "suspects: "
                    + anyOf(incident.suspects.stream()
                            .flatMap(suspect -> suspect.components().stream())
                            .distinct()
                            .toList());
        }
        var first = incident.first();
        var share = Math.max(1, Math.round(first.fraction() * 100));
        var who = first.equivalent().size() > MOST_NAMES - 1
                ? names.of(first.component()) + ", or another of "
                        + (first.equivalent().size() + 1) + " alike,"
                : anyOf(first.components());
        return first.fraction() >= HARD ? who + " is down" : who + " loses about " + share + " % of its traffic";
    }

    String story(Draft incident) {
        if (incident.kind == Finding.Kind.SILENCE) {
            return silence(incident.suspects) + "; nothing is known of " + nexuses(incident.members.size()) + " there.";
        }
        var isOver = incident.phase == Phase.RESOLVING || incident.phase == Phase.RESOLVED;
        var story = evidence(incident.first(), isOver) + ".";
        if (!incident.doubt.isEmpty()) {
            story += " Not certain: " + incident.doubt + ".";
        }
        var equivalent = incident.first().equivalent();
        if (!equivalent.isEmpty()) {
            story += " It could as well be " + anyOf(equivalent) + ": the same nexuses cross "
                    + (equivalent.size() == 1 ? "both." : "all of them.");
        }
        var hidden = incident.first().hidden();
        if (!hidden.isEmpty()) {
            story += " It could as well be " + someOf(hidden) + ": "
                    + (hidden.size() == 1 ? "it differs" : "they differ")
                    + " only in nexuses that another incident took down.";
        }
        return story;
    }

    /** For example {@code switch 12 of fabric B: 312 of 318 nexuses through it are down on 94 hosts; 0 of 9,840 elsewhere}. */
    private String evidence(Suspect suspect, boolean isOver) {
        var evidence = suspect.evidence();
        var of = suspect.component().kind() == ComponentClass.HOST ? "of its %s nexuses" : "of %s nexuses through it";
        var counted = number(evidence.explained()) + " " + of.formatted(number(evidence.through()));
        return names.of(suspect.component()) + ": " + counted + " " + failing(evidence, isOver)
                + (suspect.component().kind() == ComponentClass.HOST ? "" : " on " + hosts(evidence.hosts()))
                + (evidence.neutral() == 0 ? "" : ", of " + number(evidence.neutral()) + " more nothing is known")
                + "; " + number(evidence.failedElsewhere()) + " of " + number(evidence.elsewhere()) + " elsewhere";
    }

    private static String failing(Evidence evidence, boolean isOver) {
        if (evidence.down() == 0 && evidence.partial() > 0) {
            return isOver ? "failed in part" : "fail in part";
        }
        var partly = evidence.partial() == 0 ? "" : ", " + number(evidence.partial()) + " of them in part,";
        return (isOver ? "were down" : "are down") + partly;
    }

    private String silence(List<Suspect> hosts) {
        var listed = hosts.stream()
                .limit(MOST_HOSTS)
                .map(host -> names.of(host.component()))
                .collect(Collectors.joining(", "));
        return hosts.size() == 1
                ? listed + " does not report"
                : hosts(hosts.size()) + " do not report: " + listed + (hosts.size() > MOST_HOSTS ? ", ..." : "");
    }

    String anyOf(List<Component> components) {
        var all = components.stream().map(names::of).toList();
        return all.size() == 1
                ? all.getFirst()
                : String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.getLast();
    }

    private String someOf(List<Component> components) {
        return components.size() > MOST_NAMES
                ? names.of(components.getFirst()) + " or another of " + components.size()
                : anyOf(components);
    }

    static String nexuses(int count) {
        return number(count) + (count == 1 ? " nexus" : " nexuses");
    }

    static String hosts(int count) {
        return number(count) + (count == 1 ? " host" : " hosts");
    }

    private static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
