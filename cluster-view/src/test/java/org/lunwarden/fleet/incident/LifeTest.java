package org.lunwarden.fleet.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.diagnosis.SanPlan.component;
import static org.lunwarden.fleet.incident.Change.Kind.ACKNOWLEDGED;
import static org.lunwarden.fleet.incident.Change.Kind.CONFIRMED;
import static org.lunwarden.fleet.incident.Change.Kind.OPENED;
import static org.lunwarden.fleet.incident.Change.Kind.RELAPSED;
import static org.lunwarden.fleet.incident.Change.Kind.REOPENED;
import static org.lunwarden.fleet.incident.Change.Kind.RESOLVED;
import static org.lunwarden.fleet.incident.Change.Kind.RESOLVING;
import static org.lunwarden.fleet.incident.Change.Kind.SPLIT;
import static org.lunwarden.fleet.incident.Change.Kind.UNACKNOWLEDGED;
import static org.lunwarden.model.ComponentClass.FABRIC;
import static org.lunwarden.model.ComponentClass.HBA_PORT;
import static org.lunwarden.model.ComponentClass.HOST;
import static org.lunwarden.model.ComponentClass.SWITCH;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.SanPlan;
import org.lunwarden.fleet.incident.Incident.Phase;
import org.lunwarden.model.Component;

/** Incidents that come back, fall apart and grow together, and what stays true of them whatever is seen. */
class LifeTest {

    private static final Component CORE = component(SWITCH, "A/1");
    private static final Component EDGE = component(SWITCH, "A/12");
    private static final Component OTHER_EDGE = component(SWITCH, "A/13");
    private static final Component FABRIC_A = component(FABRIC, "A");
    private static final Component PORT_OF_H2 = component(HBA_PORT, "10a%012x".formatted(2));

    /** What the random schedules led to. */
    private static final Set<Change.Kind> SHOWN = ConcurrentHashMap.newKeySet();

    private final OneView view = new OneView();

    @Test
    void aCauseThatComesBackSoonIsTheSameIncidentReopenedWithItsCountAndItsHistory() {
        for (var start : List.of(0, 60_000, 120_000)) {
            view.at(start).sees(EDGE);
            view.at(start + 2_000).sees(EDGE);
            view.at(start + 10_000).sees();
            view.at(start + 15_000).sees();
        }

        assertThat(view.incidents.all()).hasSize(1);
        var incident = view.incidents.all().getFirst();
        assertThat(incident.reopened()).isEqualTo(2);
        assertThat(incident.onset()).isEqualTo(SanPlan.START.plusMillis(120_000));
        assertThat(incident.openedAt()).isEqualTo(SanPlan.START);
        assertThat(incident.timeline())
                .extracting(Incident.Entry::what)
                .containsExactly(
                        OPENED, CONFIRMED, RESOLVING, RESOLVED, REOPENED, CONFIRMED, RESOLVING, RESOLVED, REOPENED,
                        CONFIRMED, RESOLVING, RESOLVED);
        var back = incident.timeline().get(4);
        assertThat(back.after().phase()).isEqualTo(Phase.REOPENED);
        assertThat(back.after().suspects()).contains(EDGE);
        assertThat(back.after().nexuses()).isEqualTo(96);
        assertThat(back.after().hosts()).isEqualTo(12);
        assertThat(back.words()).startsWith("failed again: switch 12 of fabric A is down");
    }

    @Test
    void anotherCauseOfTheSameTimeIsAnIncidentOfItsOwn() {
        view.at(0).sees(EDGE);
        view.at(2_000).sees();
        view.at(7_000).sees();
        view.at(20_000).sees(component(SWITCH, "B/13"));

        assertThat(view.incidents.all()).hasSize(2).allMatch(incident -> incident.reopened() == 0);
    }

    @Test
    void hostsThatFallSilentAgainAreTheSameIncidentOnlyIfOneOfThemWasInIt() {
        view.silent = Set.of("h00001", "h00002");
        view.at(0).sees();
        view.silent = Set.of();
        view.at(2_000).sees();
        view.at(7_000).sees();
        view.silent = Set.of("h00002", "h00003");
        view.at(30_000).sees();
        assertThat(view.open().reopened()).isEqualTo(1);
        view.silent = Set.of();
        view.at(32_000).sees();
        view.at(37_000).sees();

        view.silent = Set.of("h00009");
        view.at(60_000).sees();

        assertThat(view.open().reopened()).isZero();
    }

    @Test
    void whatProvesToBeTwoCausesIsSplitAndEachEndsByItself() {
        view.hidden = row -> row.crosses(FABRIC_A) && !row.crosses(EDGE) && !row.crosses(OTHER_EDGE);
        view.at(0).sees(EDGE, OTHER_EDGE);
        view.at(2_000).sees(EDGE, OTHER_EDGE);
        assertThat(view.incidents.open()).as("taken for one cause at first").hasSize(1);
        var whole = view.open();

        view.hidden = row -> false;
        for (var millis = 3_000; millis <= 7_000; millis += 250) {
            view.at(millis).sees(EDGE, OTHER_EDGE);
        }

        assertThat(view.incidents.open()).hasSize(2);
        var kept = view.incidents.find(whole.id()).orElseThrow();
        var part = view.incidents.open().stream()
                .filter(one -> one.splitFrom().equals(Optional.of(whole.id())))
                .findFirst()
                .orElseThrow();
        assertThat(Set.of(kept.first().component(), part.first().component())).isEqualTo(Set.of(EDGE, OTHER_EDGE));
        assertThat(kept.members()).doesNotContainAnyElementsOf(part.members());
        assertThat(kept.timeline()).extracting(Incident.Entry::what).contains(SPLIT);
        view.at(10_000).sees(part.first().component());
        view.at(16_000).sees(part.first().component());
        assertThat(view.open().id()).isEqualTo(part.id());
    }

    @Test
    void whoTakesCareOfItIsToldUntilItIsTakenBackOrTheCauseComesBack() {
        view.at(0).sees(EDGE);
        var id = view.open().id();
        var said = word(id, 1_000, false);

        view.say(said);
        assertThat(view.open().acknowledgement()).contains(said);
        view.say(said);
        view.say(word(id, 2_000, true));
        assertThat(view.open().acknowledgement()).isEmpty();
        view.say(word(id, 3_000, false));
        view.at(4_000).sees();
        view.at(9_000).sees();
        assertThat(view.incidents.all().getFirst().acknowledgement()).isPresent();
        view.at(30_000).sees(EDGE);
        view.at(30_250).sees(EDGE);

        assertThat(view.open().acknowledgement()).isEmpty();
        assertThat(view.told).filteredOn(what -> what == ACKNOWLEDGED).hasSize(2);
        assertThat(view.told).filteredOn(what -> what == UNACKNOWLEDGED).hasSize(1);
        assertThat(view.open().timeline()).extracting(Incident.Entry::words).contains("by eve: cable is on its way");
    }

    @Test
    void whatTheViewsForgotOfWhoTakesCareIsTold() {
        view.at(0).sees(EDGE);
        var said = word(view.open().id(), 1_000, false);
        view.say(said);

        assertThat(view.incidents.notIn(Acknowledgements.NONE)).containsExactly(said);
        assertThat(view.incidents.notIn(new Acknowledgements(Map.of(said.incident(), said))))
                .isEmpty();
        view.said = Acknowledgements.NONE;
        view.at(1_250).sees(EDGE);
        assertThat(view.open().acknowledgement()).contains(said);
    }

    @Test
    void whatRecoversIsNotSaidToFailAgainWhileNothingIsKnownOfItsMembers() {
        view.at(0).sees(EDGE);
        view.at(2_000).seesFailed(row -> row.crosses(EDGE) && OneView.number(row) > 24);
        assertThat(view.open().phase()).isEqualTo(Phase.RESOLVING);

        view.hidden = row -> true;
        view.at(3_000).sees();
        assertThat(view.open().phase()).isEqualTo(Phase.RESOLVING);
        assertThat(view.told).doesNotContain(RELAPSED);

        view.hidden = row -> false;
        view.at(4_000).sees(EDGE);
        assertThat(view.told).endsWith(RELAPSED);
    }

    @Test
    void anIncidentDoesNotWaitForHostsThatWereNotHeardForSoLongThatTheyCountAsForgotten() {
        view.at(0).sees(EDGE);
        var hosts = new HashSet<>(view.open().hosts());
        view.hidden = row -> hosts.contains(row.host());
        view.at(10_000).sees();
        view.at(20_000).sees();
        assertThat(view.open().isOpen()).isTrue();

        view.knowsAllHosts = true;
        view.at(30_000).sees();
        view.at(36_000).sees();

        assertThat(view.incidents.open()).isEmpty();
        assertThat(view.shared.areAllClosed()).isTrue();
    }

    /** Faults of any kind come and go, views hear of them late and in part, and agree now and then. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void noIdMeansTwoCausesNoOpenIncidentIsLostAndHistoryOnlyGrows(long seed) {
        var random = new Random(seed);
        var causes = List.of(
                CORE,
                EDGE,
                OTHER_EDGE,
                FABRIC_A,
                PORT_OF_H2,
                component(SWITCH, "B/13"),
                component(HOST, "h00006"),
                component(FABRIC, "B"));
        var views = List.of(new OneView(), new OneView());
        var brokenSince = new HashMap<Component, Integer>();
        var blind = false;
        for (var step = 0; step < 120; step++) {
            if (random.nextInt(8) == 0) {
                var cause = causes.get(random.nextInt(causes.size()));
                if (brokenSince.remove(cause) == null) {
                    brokenSince.put(cause, step);
                }
            }
            if (random.nextInt(30) == 0) {
                brokenSince.keySet().removeAll(causes);
                brokenSince.put(EDGE, step - 2);
                brokenSince.put(OTHER_EDGE, step - 2);
                blind = true;
            } else if (random.nextInt(12) == 0) {
                blind = false;
            }
            var pause = random.nextInt(5) == 0 ? 6_000 : 250;
            for (var each : views) {
                var before = each.incidents;
                var now = step + random.nextInt(2);
                Predicate<SanPlan.Row> fails = row -> brokenSince.entrySet().stream()
                        .anyMatch(fault -> row.crosses(fault.getKey())
                                && OneView.number(row) < 16 + 20 * (now - fault.getValue()));
                each.hidden = blind ? fails.negate().and(row -> row.crosses(FABRIC_A)) : row -> false;
                each.at(each.millis() + pause).seesFailed(fails);
                check(before, each.incidents, "seed " + seed + ", step " + step);
            }
            if (random.nextInt(3) == 0) {
                OneView.agree(views.toArray(OneView[]::new));
            }
        }
        views.forEach(each -> each.hidden = row -> false);
        for (var quiet = 0; quiet < 6; quiet++) {
            for (var each : views) {
                each.at(each.millis() + 20_000).sees();
            }
            OneView.agree(views.toArray(OneView[]::new));
        }
        assertThat(views).allMatch(each -> each.incidents.open().isEmpty());
        assertThat(views.getFirst().shared.areAllClosed()).isTrue();
        views.forEach(each -> SHOWN.addAll(each.told));
    }

    @AfterAll
    static void theSchedulesShowedAllThatCanHappen() {
        assertThat(SHOWN).containsAll(EnumSet.complementOf(EnumSet.of(ACKNOWLEDGED, UNACKNOWLEDGED)));
    }

    private static void check(Incidents before, Incidents after, String when) {
        assertThat(after.all()).as(when).extracting(Incident::id).doesNotHaveDuplicates();
        for (var was : before.all()) {
            var is = after.find(was.id());
            assertThat(is).as(when + ": " + was.id()).isPresent();
            checkHistory(was, is.orElseThrow(), when);
            if (was.isOpen()) {
                checkCause(was, is.orElseThrow(), when);
            }
        }
        var causes = new HashMap<Component, String>();
        for (var open : after.open()) {
            if (open.kind() == Finding.Kind.FAULT && open.isNamed()) {
                assertThat(causes.put(open.first().component(), open.id()))
                        .as(when + ": " + open.first().component() + " has two open incidents")
                        .isNull();
            }
        }
    }

    private static void checkHistory(Incident was, Incident is, String when) {
        assertThat(is.reopened()).as(when).isGreaterThanOrEqualTo(was.reopened());
        assertThat(is.timeline()).as(when).extracting(Incident.Entry::at).isSorted();
        var told = new ArrayList<>(was.timeline());
        told.removeIf(entry -> entry.what() == Change.Kind.GREW);
        assertThat(is.timeline()).as(when + ": history of " + was.id()).containsSubsequence(told);
    }

    /** It is about the same nexuses, unless it came back. */
    private static void checkCause(Incident was, Incident is, String when) {
        var members = new HashSet<>(was.members());
        assertThat(is.members().stream().anyMatch(members::contains)
                        || is.mergedInto().isPresent()
                        || is.reopened() > was.reopened())
                .as(when + ": " + was.title() + " became " + is.title())
                .isTrue();
    }

    private static Acknowledgement word(String id, long millis, boolean withdrawn) {
        Instant at = SanPlan.START.plusMillis(millis);
        return new Acknowledgement(id, "eve", "cable is on its way", at, withdrawn);
    }
}
