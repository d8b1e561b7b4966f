package org.lunwarden.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.audit.Audit;
import org.lunwarden.fleet.audit.Finding;
import org.lunwarden.fleet.audit.Finding.MapRef;
import org.lunwarden.fleet.audit.FindingKind;
import org.lunwarden.fleet.audit.Severity;
import org.lunwarden.fleet.audit.Unjudged;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.http.ImpactShapes.NamedComponent;
import org.lunwarden.model.fleet.HostId;

/** The JSON shapes of an audit. */
final class AuditShapes {

    private AuditShapes() {}

    /**
     * @param trusted whether the view is in the fleet, among most of its views; if not, it may know less than they do
     * @param total findings in all, of which these are some
     */
    record AuditJson(
            Instant at,
            boolean trusted,
            int total,
            int offset,
            List<FindingJson> findings,
            List<UnjudgedJson> unjudged) {

        static AuditJson of(FleetSnapshot fleet, Audit audit, Severity least, Paging paging, Names names) {
            var findings = audit.findings(least);
            var from = Math.min(paging.offset(), findings.size());
            return new AuditJson(
                    fleet.at(),
                    fleet.member() && fleet.majority(),
                    findings.size(),
                    from,
                    findings.subList(from, Math.min(findings.size(), from + paging.limit())).stream()
                            .map(finding -> FindingJson.of(finding, names))
                            .toList(),
                    audit.unjudged().stream().map(UnjudgedJson::of).toList());
        }
    }

    /** @param peers of which {@code agreeing} are as expected; 0 when it is a rule or was set */
    record FindingJson(
            FindingKind kind,
            Severity severity,
            List<HostId> hosts,
            List<MapRef> maps,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<NamedComponent> component,
            String expected,
            String found,
            int peers,
            int agreeing,
            List<String> evidence,
            String words) {

        static FindingJson of(Finding finding, Names names) {
            return new FindingJson(
                    finding.kind(),
                    finding.severity(),
                    finding.hosts(),
                    finding.maps(),
                    finding.component().map(component -> NamedComponent.of(component, names)),
                    finding.expected(),
                    finding.found(),
                    finding.peers(),
                    finding.agreeing(),
                    finding.evidence(),
                    finding.words());
        }
    }

    /** @param kind what was looked for; left out when it is everything */
    record UnjudgedJson(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<FindingKind> kind,
            String why,
            List<HostId> hosts,
            int maps) {

        static UnjudgedJson of(Unjudged unjudged) {
            return new UnjudgedJson(unjudged.kind(), unjudged.why(), unjudged.hosts(), unjudged.maps());
        }
    }
}
