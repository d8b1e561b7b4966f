package org.lunwarden.fleet.audit;

import java.util.List;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.diagnosis.Names;

/**
 * How the fleet is built, judged while nothing has failed: redundancy that is missing, hosts that do not agree about a LUN
 * they share, and what is not as with its peers. What is not known is no finding, and not fine either: it is told. A path
 * that is down is there; one that may be missing because of something that fails now is not missed.
 *
 * @param findings the gravest first; equal for equal fleets, whatever the order of the hosts
 * @param unjudged what could not be judged, and why
 */
public record Audit(List<Finding> findings, List<Unjudged> unjudged) {

    public Audit {
        findings = List.copyOf(findings);
        unjudged = List.copyOf(unjudged);
    }

    public static Audit of(FleetSnapshot fleet, AuditSettings settings, Names names) {
        var report = new Report();
        var luns = LunOnHost.all(fleet, report);
        new Redundancy(settings, names, report).judge(luns);
        var sameUnit = new SameUnit(names, report);
        sameUnit.judge(luns);
        var outliers = new Outliers(settings, names, report);
        outliers.settings(luns, sameUnit);
        outliers.adapters(fleet);
        new PortLoad(settings, names, report).judge(fleet);
        return new Audit(report.findings(), report.unjudged());
    }

    /** The findings that matter so much at least. */
    public List<Finding> findings(Severity least) {
        return findings.stream()
                .filter(finding -> finding.severity().compareTo(least) >= 0)
                .toList();
    }
}
