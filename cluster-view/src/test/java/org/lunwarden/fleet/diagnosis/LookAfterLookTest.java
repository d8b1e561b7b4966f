package org.lunwarden.fleet.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.NexusState;

/** One diagnosis over many looks says what one look at all rows anew says. */
class LookAfterLookTest {

    private static final List<NexusState> STATES = List.of(NexusState.values());
    private static final SanPlan SAN = SanPlan.coreEdge(48, 4, 4, 2);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itIsTheSameVerdictAsOfALookAnew(long seed) {
        var random = new Random(seed);
        var components = new ArrayList<>(SAN.components());
        var diagnosis = new Diagnosis(DiagnosisSettings.DEFAULTS);
        var rows = new ArrayList<>(SAN.failing());
        for (var step = 0; step < 25; step++) {
            change(rows, components.get(random.nextInt(components.size())), random);

            assertThat(diagnosis.next(rows))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(Diagnosis.of(rows, DiagnosisSettings.DEFAULTS));
        }
    }

    private static void change(List<Observation> rows, Component one, Random random) {
        var state = STATES.get(random.nextInt(STATES.size()));
        var isSilent = random.nextInt(4) == 0;
        for (var at = 0; at < rows.size(); at++) {
            if (rows.get(at).components().contains(one) && random.nextInt(10) > 0) {
                var next = SanPlan.with(rows.get(at), state);
                rows.set(at, isSilent ? SanPlan.aged(next, Duration.ofSeconds(60)) : next);
            }
        }
        if (random.nextInt(5) == 0) {
            rows.remove(random.nextInt(rows.size()));
        }
    }

    @Test
    void howManyLunsANexusCarriesWeighsNothing() {
        var few = SAN.failing(Map.of(SanPlan.component(ComponentClass.SWITCH, "A/12"), 0.5), new Random(1));
        var many = few.stream()
                .map(row -> new Observation(
                        row.host(),
                        row.nexus(),
                        row.components(),
                        row.state(),
                        4000,
                        row.state() == NexusState.DOWN ? 4000 : 0,
                        row.changedAt(),
                        row.age()))
                .toList();

        assertThat(Diagnosis.of(many, DiagnosisSettings.DEFAULTS).findings())
                .isEqualTo(Diagnosis.of(few, DiagnosisSettings.DEFAULTS).findings())
                .hasSize(1);
    }
}
