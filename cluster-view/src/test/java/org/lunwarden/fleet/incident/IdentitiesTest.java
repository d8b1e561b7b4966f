package org.lunwarden.fleet.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.diagnosis.SanPlan.component;
import static org.lunwarden.model.ComponentClass.HBA_PORT;
import static org.lunwarden.model.ComponentClass.SWITCH;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.fleet.diagnosis.SanPlan;
import org.lunwarden.model.Component;

/** Views that hear of the same failure in different ways, and what they call it. */
class IdentitiesTest {

    private static final int HOSTS = 48;
    private static final Component CORE = component(SWITCH, "A/1");
    private static final Component EDGE = component(SWITCH, "A/12");
    private static final Component PORT_OF_H2 = component(HBA_PORT, "10a%012x".formatted(2));
    private static final Component PORT_OF_H6 = component(HBA_PORT, "10a%012x".formatted(6));

    private final OneView early = new OneView();
    private final OneView late = new OneView();

    @Test
    void viewsThatSawDifferentCausesFirstAgreeOnTheOlderId() {
        early.at(0).sees(EDGE);
        early.at(1_000).sees(CORE);
        late.at(1_000).sees(CORE);
        var before = late.open().id();
        assertThat(before).isNotEqualTo(early.open().id());

        OneView.agree(early, late);
        early.at(1_250).sees(CORE);
        late.at(1_250).sees(CORE);

        assertThat(late.open().id()).isEqualTo(early.open().id());
        assertThat(late.open().formerIds()).containsExactly(before);
        assertThat(late.open().openedAt()).isEqualTo(early.open().openedAt());
        assertThat(late.open().onset()).isEqualTo(early.open().onset());
        assertThat(late.incidents.find(before)).contains(late.open());
        assertThat(late.told).containsExactly(Change.Kind.OPENED, Change.Kind.RENAMED);
        assertThat(early.told).doesNotContain(Change.Kind.RENAMED);
        OneView.agree(early, late);
        assertThat(early.shared.find(before).orElseThrow().closed()).isTrue();
    }

    @Test
    void aViewThatHearsOfItLaterOpensItUnderTheIdThatOthersGave() {
        early.at(0).sees(CORE);
        OneView.agree(early, late);

        late.at(500).sees(EDGE);

        assertThat(late.open().id()).isEqualTo(early.open().id());
        assertThat(late.told).containsExactly(Change.Kind.OPENED);
    }

    @Test
    void aViewThatWasRestartedFindsTheIdOfAnIncidentThatHasGrownAndIsHalfOver() {
        early.at(0).sees(EDGE);
        OneView.agree(early, late);
        early.at(1_000).sees(CORE);
        OneView.agree(early, late);
        var restarted = new OneView();

        OneView.agree(early, restarted);
        restarted.at(60_000).seesFailed(row -> row.crosses(CORE) && number(row) > 24);

        assertThat(restarted.open().id()).isEqualTo(early.open().id());
        assertThat(restarted.told).containsExactly(Change.Kind.OPENED);
    }

    @Test
    void twoIncidentsThatMergeOnOneViewAreOneIncidentOfTheSameIdOnAll() {
        for (var millis : List.of(0, 2_000)) {
            early.at(millis).sees(PORT_OF_H2, PORT_OF_H6);
        }
        assertThat(early.incidents.open()).hasSize(2);
        late.at(2_500).sees(EDGE);
        OneView.agree(early, late);

        late.at(3_000).sees(EDGE);
        early.at(3_000).sees(EDGE);
        OneView.agree(early, late);
        late.at(3_250).sees(EDGE);
        early.at(3_250).sees(EDGE);

        assertThat(late.open().id()).isEqualTo(early.open().id());
        assertThat(early.incidents.all())
                .extracting(Incident::mergedInto)
                .filteredOn(into -> into.isPresent())
                .containsExactly(java.util.Optional.of(early.open().id()));
        OneView.agree(early, late);
        assertThat(openIdentities(early)).containsExactly(early.open().id());
    }

    @Test
    void whatFailsAgainSoonIsTheSameIncidentAlsoForAViewThatHadNotYetResolvedIt() {
        both(0, EDGE);
        OneView.agree(early, late);
        var first = early.open().id();
        both(2_000);
        early.at(7_000).sees();
        assertThat(early.incidents.open()).isEmpty();
        OneView.agree(early, late);

        both(7_100, EDGE);
        OneView.agree(early, late);
        both(7_350, EDGE);

        assertThat(early.open().id()).isEqualTo(first).isEqualTo(late.open().id());
        assertThat(early.open().reopened()).isEqualTo(1).isEqualTo(late.open().reopened());
        both(10_000);
        both(16_000);
        OneView.agree(early, late);
        assertThat(openIdentities(early)).isEmpty();
    }

    @Test
    void whatComesBackInPartIsReopenedOnceItProvesTheSameAndAtOnceWhereAnotherViewSaysSo() {
        both(0, CORE);
        OneView.agree(early, late);
        var first = early.open().id();
        both(2_000);
        both(8_000);
        OneView.agree(early, late);

        late.at(20_000).sees(EDGE);
        var apart = late.open().id();
        early.at(20_000).sees(CORE);
        OneView.agree(early, late);
        late.at(20_250).sees(EDGE);

        assertThat(apart).isNotEqualTo(first);
        assertThat(early.open().id()).isEqualTo(first);
        assertThat(late.open().id()).isEqualTo(first);
        assertThat(late.incidents.find(apart).orElseThrow().mergedInto()).contains(first);
        OneView.agree(early, late);
        both(20_500, CORE);
        OneView.agree(early, late);
        assertThat(openIdentities(early)).containsExactly(first);
    }

    @Test
    void whatComesBackInPartIsTheSameIncidentOnceItsCauseProvesTheSame() {
        both(0, CORE);
        both(2_000);
        both(8_000);
        var first = early.incidents.all().getFirst().id();

        early.at(20_000).sees(EDGE);
        early.at(20_250).sees(CORE);

        assertThat(early.open().id()).isEqualTo(first);
        assertThat(early.open().reopened()).isEqualTo(1);
        assertThat(early.told).containsSubsequence(Change.Kind.SHARPENED, Change.Kind.REOPENED, Change.Kind.MERGED);
    }

    @Test
    void anIdThatNoViewHoldsAnyMoreIsClosedOnceNothingOfItFails() {
        early.at(0).sees(EDGE);
        OneView.agree(early, late);

        late.at(59_000).sees();
        assertThat(openIdentities(late)).isNotEmpty();
        late.at(61_000).sees();

        assertThat(openIdentities(late)).isEmpty();
    }

    @Test
    void differentIncidentsKeepDifferentIds() {
        both(0, EDGE, component(SWITCH, "B/13"));
        OneView.agree(early, late);
        both(250, EDGE, component(SWITCH, "B/13"));

        assertThat(early.incidents.open()).hasSize(2);
        assertThat(early.ids()).hasSize(2).isEqualTo(late.ids());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void viewsThatHearHostsInAnyOrderEndWithTheSameIdFromTheEndOfTheStormToItsResolution(long seed) {
        var random = new Random(seed);
        var views = List.of(new OneView(), new OneView(), new OneView());
        var orders = views.stream().map(view -> shuffled(random)).toList();
        for (var tick = 1; tick <= 24; tick++) {
            for (var at = 0; at < views.size(); at++) {
                var heard = Set.copyOf(orders.get(at).subList(0, Math.min(HOSTS, tick * (2 + at))));
                views.get(at)
                        .at(tick * 250L + 80L * at)
                        .seesFailed(row -> row.crosses(CORE) && heard.contains(number(row)));
            }
            if (random.nextInt(4) == 0) {
                OneView.agree(views.toArray(OneView[]::new));
            }
        }
        OneView.agree(views.toArray(OneView[]::new));
        var restarted = new OneView();
        var all = Stream.concat(views.stream(), Stream.of(restarted)).toArray(OneView[]::new);
        OneView.agree(all);
        for (var tick = 25; tick < 28; tick++) {
            for (var view : all) {
                view.at(tick * 250L).sees(CORE);
            }
            OneView.agree(all);
        }

        assertThat(all).extracting(OneView::ids).containsOnly(early(all));
        assertThat(early(all)).hasSize(1);
        for (var seconds : List.of(10, 20, 30)) {
            for (var view : all) {
                view.at(seconds * 1_000L).sees();
            }
            OneView.agree(all);
        }
        assertThat(all).allMatch(view -> view.incidents.open().isEmpty());
        assertThat(openIdentities(all[0])).isEmpty();
    }

    private static Set<String> early(OneView[] all) {
        return all[0].ids();
    }

    private static List<Integer> shuffled(Random random) {
        var order = new ArrayList<>(IntStream.range(0, HOSTS).boxed().toList());
        Collections.shuffle(order, random);
        return order;
    }

    private void both(long millis, Component... broken) {
        early.at(millis).sees(broken);
        late.at(millis).sees(broken);
    }

    private static List<String> openIdentities(OneView view) {
        return view.shared.byId().values().stream()
                .filter(one -> !one.closed())
                .map(Identity::id)
                .toList();
    }

    private static int number(SanPlan.Row row) {
        return Integer.parseInt(row.host().value().substring(1));
    }
}
