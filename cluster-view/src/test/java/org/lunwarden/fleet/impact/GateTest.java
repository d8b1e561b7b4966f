package org.lunwarden.fleet.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.impact.SmallSan.CORE_A;
import static org.lunwarden.fleet.impact.SmallSan.CORE_B;
import static org.lunwarden.fleet.impact.SmallSan.PORT_1;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.Contact;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;
import org.lunwarden.model.fleet.NexusState;

class GateTest {

    private static final Instant SINCE = SmallSan.NOW.minusSeconds(600);

    private final SmallSan san = new SmallSan();

    @Test
    void theGateOpensWhenAllIsUp() {
        assertThat(gate(CORE_A).isOpen()).isTrue();
        assertThat(gate(CORE_A).through()).isEqualTo(new Traffic(2, 16));
        assertThat(gate(CORE_A).changed()).isZero();
    }

    @Test
    void whatWentDownSinceTheStepBeganKeepsItShut() {
        san.changedAt = SINCE.plusSeconds(1);
        san.isNow(NexusState.PARTIAL, PORT_1);

        assertThat(gate(CORE_A).isOpen()).isFalse();
        assertThat(gate(CORE_A).notBack())
                .singleElement()
                .satisfies(nexus -> assertThat(nexus.nexus().targetPort()).isEqualTo("A1"));
        assertThat(gate(CORE_B).isOpen()).isTrue();
    }

    @Test
    void whatWasDownBeforeDoesNotCount() {
        san.changedAt = SINCE.minusSeconds(61);
        san.isNow(NexusState.DOWN, PORT_1);

        assertThat(gate(CORE_A).isOpen()).isTrue();
    }

    @Test
    void aHostThatFellSilentKeepsItShut() {
        san.contact = Contact.SILENT;

        assertThat(gate(CORE_A).notBack()).hasSize(2);
    }

    @Test
    void ofAComponentThatNobodySeesNothingIsKnown() {
        assertThat(gate(new Component(ComponentClass.ARRAY, "elsewhere")).isOpen())
                .isFalse();
    }

    @Test
    void whatWentDownShortlyBeforeTheStepWasSaidToBeginCountsSinceClocksDiffer() {
        san.changedAt = SINCE.minusSeconds(59);
        san.isNow(NexusState.DOWN, PORT_1);

        assertThat(gate(CORE_A).isOpen()).isFalse();
    }

    @Test
    void whatWasTakenDownByHandForTheStepKeepsItShut() {
        san.changedAt = SINCE.plusSeconds(1);
        san.isNow(NexusState.ADMIN, PORT_1);

        assertThat(gate(CORE_A).isOpen()).isFalse();
        san.changedAt = SINCE.minusSeconds(3600);
        assertThat(gate(CORE_A).isOpen()).isTrue();
    }

    @Test
    void aStepThatBeganJustNowMayNotHaveBeenNoticed() {
        assertThat(Gate.of(san.fleet(), List.of(CORE_A), SmallSan.NOW.minusSeconds(59), Optional.empty())
                        .isOpen())
                .isFalse();
        assertThat(Gate.of(san.fleet(), List.of(CORE_A), SmallSan.NOW.minusSeconds(60), Optional.empty())
                        .isOpen())
                .isTrue();
    }

    @Test
    void lessThanBeforeKeepsItShutAlsoWhereNoNexusTellsOfIt() {
        assertThat(gate(new Traffic(2, 16)).isOpen()).isTrue();
        assertThat(gate(new Traffic(3, 16)).isLess()).isTrue();
        assertThat(gate(new Traffic(2, 17)).isOpen()).isFalse();
    }

    private Gate gate(Traffic before) {
        return Gate.of(san.fleet(), List.of(CORE_A), SINCE, Optional.of(before));
    }

    private Gate gate(Component component) {
        return Gate.of(san.fleet(), List.of(component), SINCE, Optional.empty());
    }
}
