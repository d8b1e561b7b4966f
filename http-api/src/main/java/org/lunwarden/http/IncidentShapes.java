package org.lunwarden.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import org.lunwarden.fleet.diagnosis.Suspect;
import org.lunwarden.fleet.incident.Acknowledgement;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.HostId;

/** The JSON shapes of incidents. */
final class IncidentShapes {

    private IncidentShapes() {}

    record SuspectJson(
            @JsonProperty("class") String kind,
            String id,
            List<Component> equivalent,
            double fraction,
            double confidence,
            int explained,
            int contradicting,
            int through) {

        static SuspectJson of(Suspect suspect) {
            var evidence = suspect.evidence();
            return new SuspectJson(
                    suspect.component().kind().word(),
                    suspect.component().id(),
                    suspect.alternatives(),
                    suspect.fraction(),
                    suspect.confidence(),
                    evidence.down() + evidence.partial(),
                    evidence.contradicting(),
                    evidence.through());
        }
    }

    record AcknowledgementJson(String by, String comment, Instant at) {

        static AcknowledgementJson of(Acknowledgement word) {
            return new AcknowledgementJson(word.by(), word.comment(), word.at());
        }
    }

    /** What happened, and the incident in brief as it was after it. */
    record EntryJson(
            Instant at,
            String what,
            String words,
            String phase,
            List<Component> suspects,
            double fraction,
            double confidence,
            int explained,
            int contradicting,
            int nexuses,
            int hosts,
            int back) {

        static EntryJson of(Incident.Entry entry) {
            var after = entry.after();
            return new EntryJson(
                    entry.at(),
                    entry.what().word(),
                    entry.words(),
                    after.phase().word(),
                    after.suspects(),
                    after.fraction(),
                    after.confidence(),
                    after.explained(),
                    after.contradicting(),
                    after.nexuses(),
                    after.hosts(),
                    after.back());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record IncidentJson(
            String id,
            List<String> formerIds,
            String phase,
            String kind,
            String title,
            String words,
            List<SuspectJson> suspects,
            String doubt,
            Optional<SuspectJson> runnerUp,
            double gap,
            int nexuses,
            int back,
            List<HostId> hosts,
            Instant onset,
            Instant openedAt,
            Optional<Instant> confirmedAt,
            Optional<Instant> resolvedAt,
            Optional<String> mergedInto,
            Optional<String> splitFrom,
            int reopened,
            Optional<Instant> reopenedAt,
            Optional<AcknowledgementJson> acknowledgement,
            List<EntryJson> timeline) {

        static IncidentJson of(Incident incident) {
            return new IncidentJson(
                    incident.id(),
                    incident.formerIds(),
                    incident.phase().word(),
                    incident.kind().name().toLowerCase(java.util.Locale.ROOT),
                    incident.title(),
                    incident.words(),
                    incident.suspects().stream().map(SuspectJson::of).toList(),
                    incident.doubt(),
                    incident.runnerUp().map(SuspectJson::of),
                    incident.gap(),
                    incident.members().size(),
                    incident.back(),
                    incident.hosts(),
                    incident.onset(),
                    incident.openedAt(),
                    incident.confirmedAt(),
                    incident.resolvedAt(),
                    incident.mergedInto(),
                    incident.splitFrom(),
                    incident.reopened(),
                    incident.reopenedAt(),
                    incident.acknowledgement().map(AcknowledgementJson::of),
                    incident.timeline().stream().map(EntryJson::of).toList());
        }
    }
}
