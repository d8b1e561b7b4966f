package org.lunwarden.fleet.diagnosis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.fleet.localization.Cause;
import org.lunwarden.fleet.localization.Localized;
import org.lunwarden.fleet.localization.RiskIndex;
import org.lunwarden.fleet.localization.RowReading;
import org.lunwarden.fleet.localization.Suspicion;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/** Puts what was localized by number into hosts, nexuses and components. */
final class Wording {

    private final RiskIndex index;
    private final Localized localized;
    private final List<Observation> rows;
    private final Optional<Finding> silence;

    /** @param rows in the order of the index */
    Wording(RiskIndex index, Localized localized, List<Observation> rows, Optional<Finding> silence) {
        this.index = index;
        this.localized = localized;
        this.rows = rows;
        this.silence = silence;
    }

    Verdict verdict() {
        var findings = new ArrayList<Finding>();
        localized.causes().forEach(cause -> findings.add(finding(cause)));
        silence.ifPresent(findings::add);
        return new Verdict(
                findings,
                localized.unexplained().stream().map(this::member).toList(),
                localized.worthChecking().stream().map(this::component).toList(),
                Caveats.of(rows, findings, localized, index),
                rows,
                Map.of());
    }

    private Finding finding(Cause cause) {
        return new Finding(
                Finding.Kind.FAULT,
                cause.suspects().stream().map(this::suspect).toList(),
                cause.doubt(),
                cause.runnerUp().map(this::suspect),
                cause.gap(),
                cause.members().stream().map(this::member).toList(),
                cause.hosts(),
                cause.onset() == RowReading.NO_TIME ? Instant.EPOCH : Instant.ofEpochMilli(cause.onset()));
    }

    private Suspect suspect(Suspicion one) {
        var failed = one.down() + one.partial();
        var through = failed + one.up();
        return new Suspect(
                component(one.component()),
                one.equivalent().stream().map(this::component).toList(),
                one.hidden().stream().map(this::component).toList(),
                one.fraction(),
                one.confidence(),
                new Evidence(
                        through,
                        one.down(),
                        one.partial(),
                        one.hosts(),
                        one.neutral(),
                        index.knownRows() - through,
                        index.failedRows() - failed));
    }

    private Member member(int row) {
        return new Member(rows.get(row).host(), rows.get(row).nexus());
    }

    private Component component(int number) {
        var name = index.component(number);
        return new Component(ComponentClass.parse(name.kind()).orElseThrow(), name.id());
    }
}
