package org.lunwarden.fleet.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.diagnosis.SanPlan.component;
import static org.lunwarden.model.ComponentClass.HBA_PORT;
import static org.lunwarden.model.ComponentClass.SWITCH;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.diagnosis.SanPlan;
import org.lunwarden.model.Component;

/** What a view that was restarted makes of what it knew before. */
class RestoringTest {

    private static final Component EDGE = component(SWITCH, "A/12");
    private static final Component PORT_OF_H2 = component(HBA_PORT, "10a%012x".formatted(2));
    private static final Component ELSEWHERE = component(SWITCH, "B/13");

    private final OneView before = new OneView();
    private final OneView restarted = new OneView();

    @Test
    void twoThatShareANexusStayTwo() {
        var both = twoThatShareANexus();

        restarted.at(5_000).restores(both);

        assertThat(restarted.ids())
                .containsExactlyInAnyOrderElementsOf(
                        both.stream().map(Incident::id).toList());
        assertThat(restarted.incidents.open()).containsExactlyInAnyOrderElementsOf(both);
    }

    @Test
    void ofTwoThatShareANexusTheOneOfThisCauseGoesOnAndTheOtherStands() {
        var both = twoThatShareANexus();
        restarted.at(4_000).sees(EDGE);

        restarted.at(5_000).restores(both);

        assertThat(restarted.ids())
                .containsExactlyInAnyOrderElementsOf(
                        both.stream().map(Incident::id).toList());
    }

    @Test
    void whatFailedLongAfterAndSharesNexusesIsNotTheSame() {
        before.at(0).sees(PORT_OF_H2);
        before.at(2_000).sees(PORT_OF_H2);
        var port = before.open();
        restarted.at(300_000).seesFailed(row -> row.crosses(EDGE));

        restarted.at(301_000).restores(List.of(port));

        assertThat(restarted.incidents.open()).hasSize(2);
    }

    @Test
    void whatTheOthersClosedIsOverWhicheverWayItWasLeft() {
        before.at(0).sees(EDGE);
        var left = before.open();
        before.at(2_000).sees();
        before.at(8_000).sees();
        assertThat(before.shared.areAllClosed()).isTrue();

        OneView.agree(before, restarted);
        restarted.at(600_000).restores(List.of(left));

        assertThat(restarted.incidents.open()).isEmpty();
        assertThat(restarted.told).containsExactly(Change.Kind.RESOLVED);
        var over = restarted.incidents.find(left.id()).orElseThrow();
        assertThat(over.resolvedAt()).contains(SanPlan.START);
        assertThat(over.timeline().getLast().words()).startsWith("the other views found it over");
    }

    @Test
    void aLaterLifeThanTheOneTheOthersClosedGoesOn() {
        before.at(0).sees(EDGE);
        before.at(2_000).sees();
        before.at(8_000).sees();
        OneView.agree(before, restarted);
        before.at(20_000).sees(EDGE);
        assertThat(before.open().reopened()).isEqualTo(1);

        restarted.at(30_000).restores(List.of(before.open()));

        assertThat(restarted.open().id()).isEqualTo(before.open().id());
    }

    @Test
    void anOlderIdThatTheOthersAgreedOnWhileTheStoreWasAwayStays() {
        var others = new OneView();
        others.at(0).sees(EDGE);
        before.at(1_000).sees(EDGE, component(SWITCH, "A/1"));
        var left = before.open();
        assertThat(left.id()).isNotEqualTo(others.open().id());
        OneView.agree(others, restarted);
        restarted.at(4_000).sees(EDGE, component(SWITCH, "A/1"));
        assertThat(restarted.open().id()).isEqualTo(others.open().id());

        restarted.at(5_000).restores(List.of(left));

        assertThat(restarted.open().id()).isEqualTo(others.open().id());
        assertThat(restarted.open().formerIds()).contains(left.id());
        assertThat(restarted.shared.find(others.open().id()).map(Identity::closed))
                .contains(false);
        assertThat(restarted.shared.find(left.id()).map(Identity::closed)).contains(true);
    }

    @Test
    void whatWasOpenedAnewUnderTheVerySameIdKeepsItsHistoryAndWhoTakesCareOfIt() {
        before.at(0).sees(PORT_OF_H2);
        before.at(2_000).sees(PORT_OF_H2);
        var said = new Acknowledgement(before.open().id(), "eve", "", Instant.parse("2026-03-01T10:00:05Z"), false);
        before.say(said);
        var left = before.open();
        var anew = new OneView();
        anew.at(0).sees(PORT_OF_H2);
        anew.at(3_000).sees(PORT_OF_H2);
        assertThat(anew.open().id()).isEqualTo(left.id());

        anew.at(4_000).restores(List.of(left));

        assertThat(anew.incidents.open()).hasSize(1);
        assertThat(anew.open().acknowledgement()).isEqualTo(Optional.of(said));
        assertThat(anew.open().timeline()).containsAll(left.timeline());
    }

    /** An edge switch, and a port of a host behind it that had been noticed on its own. */
    private List<Incident> twoThatShareANexus() {
        before.at(0).sees(ELSEWHERE);
        before.at(2_000).sees(ELSEWHERE);
        var elsewhere = before.open();
        var other = new OneView();
        other.at(0).sees(EDGE);
        other.at(2_000).sees(EDGE);
        var shared = other.open();
        var draft = new Draft(elsewhere);
        draft.join(shared.members().subList(0, 1));
        return List.of(draft.incident(new Words(IncidentSettings.DEFAULTS.names())), shared);
    }
}
