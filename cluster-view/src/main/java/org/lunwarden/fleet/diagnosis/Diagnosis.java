package org.lunwarden.fleet.diagnosis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.lunwarden.fleet.localization.ComponentName;
import org.lunwarden.fleet.localization.Localization;
import org.lunwarden.fleet.localization.LocalizationSettings;
import org.lunwarden.fleet.localization.RiskIndex;
import org.lunwarden.fleet.localization.RiskIndexBuilder;
import org.lunwarden.fleet.localization.RowReading;
import org.lunwarden.model.Component;

/**
 * Finds the components that most likely took nexuses down, look after look: {@link Localization} over the nexuses of all
 * hosts. Between two looks only rows that changed are touched; the verdict is the one that a look at all of them anew would
 * give, and does not depend on the order of the observations.
 */
public final class Diagnosis {

    private final DiagnosisSettings settings;
    private List<Observation> rows = List.of();
    private RiskIndex index = new RiskIndexBuilder().build();

    public Diagnosis(DiagnosisSettings settings) {
        this.settings = settings;
    }

    /** One look. When a nexus is observed twice, the freshest observation counts. */
    public static Verdict of(Collection<Observation> observations, DiagnosisSettings settings) {
        return new Diagnosis(settings).next(observations);
    }

    /** @param observations of all nexuses, those that did not change included */
    public Verdict next(Collection<Observation> observations) {
        return next(observations, Map.of());
    }

    /** @param changed components that were changed lately, and when: they are likelier to be at fault than others */
    public Verdict next(Collection<Observation> observations, Map<Component, Instant> changed) {
        var next = canonical(observations);
        if (isSamePlan(next)) {
            for (var row = 0; row < next.size(); row++) {
                if (!next.get(row).equals(rows.get(row))) {
                    index.set(row, reading(next.get(row)));
                }
            }
        } else {
            index = indexed(next);
        }
        rows = next;
        var localized = Localization.of(index, localization(changed.keySet()));
        return new Wording(index, localized, rows, Silence.of(observations, settings, index))
                .verdict()
                .withChanged(changed);
    }

    private LocalizationSettings localization(Set<Component> changed) {
        var plain = LocalizationSettings.DEFAULTS;
        return new LocalizationSettings(
                settings.noise(),
                settings.minFailed(),
                settings.indecision(),
                plain.faultsOfClass(),
                changed.stream().map(Diagnosis::name).collect(Collectors.toSet()),
                plain.changedFactor());
    }

    private boolean isSamePlan(List<Observation> next) {
        if (next.size() != rows.size()) {
            return false;
        }
        for (var row = 0; row < next.size(); row++) {
            var now = next.get(row);
            var before = rows.get(row);
            if (!now.equals(before)
                    && !(now.host().equals(before.host())
                            && now.nexus().equals(before.nexus())
                            && now.components().equals(before.components()))) {
                return false;
            }
        }
        return true;
    }

    private static RiskIndex indexed(List<Observation> rows) {
        var builder = new RiskIndexBuilder();
        var numbers = new int[16];
        for (var row : rows) {
            var crossed = Crossing.of(row);
            numbers = crossed.size() > numbers.length ? new int[2 * crossed.size()] : numbers;
            for (var i = 0; i < crossed.size(); i++) {
                numbers[i] = builder.component(name(crossed.get(i)));
            }
            var nexus = row.nexus();
            builder.add(
                    row.host().value(),
                    nexus.initiatorPort(),
                    nexus.targetPort(),
                    numbers,
                    crossed.size(),
                    reading(row));
        }
        return builder.build();
    }

    private static ComponentName name(Component component) {
        return new ComponentName(component.kind().word(), component.id());
    }

    /** Of its age the row was already judged: what is too old is unknown. */
    private static RowReading reading(Observation row) {
        var share = row.paths() == 0 ? Double.NaN : (double) row.failed() / row.paths();
        return new RowReading(row.state(), share, row.changedAt().toEpochMilli(), RowReading.NO_TIME);
    }

    /** Sorted, each nexus once, those of silent hosts unknown. */
    private List<Observation> canonical(Collection<Observation> observations) {
        var sorted = new ArrayList<Observation>(observations.size());
        for (var row : observations) {
            var before = sorted.size() < rows.size() ? rows.get(sorted.size()) : row;
            var isSilent = Silence.is(row, settings);
            sorted.add(!isSilent ? row : before.isUnknownOf(row) ? before : row.unknown());
        }
        if (areInOrder(sorted)) {
            return sorted;
        }
        sorted.sort(Observation.ORDER
                .thenComparing(Observation::age)
                .thenComparing(Observation::state)
                .thenComparing(Comparator.comparingInt(Observation::failed)));
        var distinct = new ArrayList<Observation>(sorted.size());
        for (var row : sorted) {
            if (distinct.isEmpty() || Observation.ORDER.compare(distinct.getLast(), row) != 0) {
                distinct.add(row);
            }
        }
        return distinct;
    }

    /** Rows come from reports that are sorted and have each nexus once. */
    private static boolean areInOrder(List<Observation> rows) {
        for (var at = 1; at < rows.size(); at++) {
            if (Observation.ORDER.compare(rows.get(at - 1), rows.get(at)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
