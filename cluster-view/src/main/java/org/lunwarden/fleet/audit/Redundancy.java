package org.lunwarden.fleet.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.lunwarden.fleet.audit.Reach.Crossed;
import org.lunwarden.fleet.audit.Reach.Way;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.model.Component;

/** What is left of a map when a part of its way fails: through what its paths go, and how many there are. */
final class Redundancy {

    private static final String FAILING = "paths may be missing because of what fails now";

    private final AuditSettings settings;
    private final Names names;
    private final Report report;

    Redundancy(AuditSettings settings, Names names, Report report) {
        this.settings = settings;
        this.names = names;
        this.report = report;
    }

    /** A map that goes through too few of something is not told again for having few paths. */
    void judge(List<LunOnHost> luns) {
        var norms = norms(luns);
        for (var lun : luns) {
            var few = false;
            for (var way : Way.values()) {
                few |= isThroughTooFew(lun, way);
            }
            if (!few && !isOffTheNorm(lun, norms)) {
                balance(lun, Way.FABRIC);
                balance(lun, Way.CONTROLLER);
            }
        }
    }

    private boolean isThroughTooFew(LunOnHost lun, Way way) {
        var least = switch (way) {
            case FABRIC -> settings.fabrics();
            case CONTROLLER -> settings.controllers();
            case HBA -> settings.hbas();
        };
        var crossed = lun.reach().by(way);
        var count = crossed.nexuses().size();
        if (count >= least) {
            return false;
        }
        if (crossed.unknown() > 0) {
            report.unjudged(way.few, "the host does not see through which " + way.word + " a path goes", lun.host(), 1);
            return false;
        }
        if (lun.isHurt()) {
            report.unjudged(way.few, FAILING, lun.host(), 1);
            return false;
        }
        var through = inWords(crossed.nexuses().keySet());
        report.add(
                new Report.Same(
                        way.few,
                        List.of(lun.host()),
                        least + " or more",
                        String.valueOf(count),
                        0,
                        0,
                        List.of("all paths go through " + through),
                        "host " + lun.host() + " reaches %s through " + through + " only"),
                lun.ref());
        return true;
    }

    private Map<String, Norm<Integer>> norms(List<LunOnHost> luns) {
        var votes = new HashMap<String, Norm.Votes<Integer>>();
        for (var lun : luns) {
            votes.computeIfAbsent(peers(lun), any -> new Norm.Votes<>())
                    .add(lun.host(), lun.map().paths());
        }
        return votes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, group -> group.getValue().norm(settings)));
    }

    /** The maps of one array; where it is not known, the maps of one LUN. */
    private static String peers(LunOnHost lun) {
        return lun.reach().arrays().isEmpty()
                ? lun.map().wwid().value()
                : lun.reach().arrays();
    }

    private boolean isOffTheNorm(LunOnHost lun, Map<String, Norm<Integer>> norms) {
        var count = lun.map().paths();
        var norm = settings.paths() > 0
                ? new Norm<>(Optional.of(settings.paths()), 0, 0, "")
                : norms.getOrDefault(peers(lun), new Norm<Integer>(Optional.empty(), 0, 0, ""));
        if (norm.value().isEmpty()) {
            report.unjudged(FindingKind.FEWER_PATHS, norm.why(), lun.host(), 1);
            return false;
        }
        var expected = norm.value().get();
        if (count == expected) {
            return false;
        }
        var kind = count < expected ? FindingKind.FEWER_PATHS : FindingKind.EXTRA_PATHS;
        if (kind == FindingKind.FEWER_PATHS && lun.isHurt()) {
            report.unjudged(kind, FAILING, lun.host(), 1);
            return true;
        }
        var who = norm.peers() > 0 ? norm.inWords() + " have " + expected : expected + " are expected";
        report.add(
                new Report.Same(
                        kind,
                        List.of(lun.host()),
                        String.valueOf(expected),
                        String.valueOf(count),
                        norm.peers(),
                        norm.agreeing(),
                        List.of(who),
                        "host " + lun.host() + " has " + count + " paths to %s where " + who),
                lun.ref());
        return true;
    }

    private void balance(LunOnHost lun, Way way) {
        var crossed = lun.reach().by(way);
        if (crossed.unknown() > 0) {
            report.unjudged(
                    FindingKind.ASYMMETRIC_PATHS,
                    "the host does not see through which " + way.word + " a path goes",
                    lun.host(),
                    1);
        } else if (new TreeSet<>(crossed.nexuses().values()).size() > 1) {
            asymmetric(lun, way, crossed);
        }
    }

    private void asymmetric(LunOnHost lun, Way way, Crossed crossed) {
        if (lun.isHurt()) {
            report.unjudged(FindingKind.ASYMMETRIC_PATHS, FAILING, lun.host(), 1);
            return;
        }
        var counts = new ArrayList<String>();
        crossed.nexuses().forEach((component, count) -> counts.add(count + " through " + names.of(component)));
        report.add(
                new Report.Same(
                        FindingKind.ASYMMETRIC_PATHS,
                        List.of(lun.host()),
                        "as many through each " + way.word,
                        String.join(", ", counts),
                        0,
                        0,
                        counts,
                        "host " + lun.host() + " has nexuses to %s: " + String.join(", ", counts)),
                lun.ref());
    }

    private String inWords(Iterable<Component> components) {
        var words = new ArrayList<String>();
        components.forEach(component -> words.add(names.of(component)));
        return String.join(" and ", words);
    }
}
