package org.lunwarden.fleet.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.alert.TwoFabrics.edge;
import static org.lunwarden.fleet.alert.TwoFabrics.fabric;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.alert.Notification.Kind;
import org.lunwarden.fleet.sitefile.SiteFile;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

class AlertsTest {

    private static final AlertSettings SETTINGS = new AlertSettings(
            "https://san.example.com",
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofHours(24),
            Duration.ofMinutes(10),
            TwoFabrics.NAMES);

    private final TwoFabrics san = new TwoFabrics(12);
    private final Map<String, AlertEntry> book = new LinkedHashMap<>();
    private final List<Notification> told = new ArrayList<>();
    private final List<Window> windows = new ArrayList<>();

    @Test
    void aDeadSwitchIsToldOnceWithWhoIsHurtWhatIsSuspectedWhatNotToTouchAndWhatNext() {
        goOn(Duration.ofSeconds(1));
        san.down.add(edge("b", 12));

        goOn(Duration.ofSeconds(30));

        assertThat(told).hasSize(1);
        var firing = told.getFirst();
        assertThat(firing.kind()).isEqualTo(Kind.FIRING);
        assertThat(firing.severity()).isEqualTo(Severity.ERROR);
        assertThat(firing.startsAt()).isEqualTo(TwoFabrics.START.plusMillis(1250));
        assertThat(firing.labels())
                .containsExactly(
                        Map.entry("alertname", "LunwardenIncident"),
                        Map.entry("array", "vault"),
                        Map.entry("class", "switch"),
                        Map.entry("component", "100000000000000b/12"),
                        Map.entry("fabric", "B"),
                        Map.entry("incident", firing.incident()),
                        Map.entry("kind", "fault"),
                        Map.entry("severity", "error"),
                        Map.entry("switch", "B/12"));
        assertThat(firing.url()).isEqualTo("https://san.example.com/api/v1/incidents/" + firing.incident());
        assertThat(firing.summary())
                .isEqualTo("error: switch 12 of fabric B is down; 18 maps on one fabric, 6 hosts concerned");
        assertThat(firing.description()).isEqualTo("""
                Who is hurt: 6 hosts are concerned; 18 maps have one fabric left.
                What is suspected: switch 12 of fabric B: 12 of 12 nexuses through it are down on 6 hosts; 0 of 36 elsewhere.
                How sure: 99 %; if it is not that, look at fabric B.
                Do not touch: fabric A: 18 maps hang on it alone; no other work on the SAN until this is resolved.
                Next: look at the power, the console and the links of switch 12 of fabric B.""");
    }

    @Test
    void mapsWithoutAPathMakeItCriticalAndNameTheHosts() {
        san.down.add(edge("b", 12));
        goOn(Duration.ofSeconds(30));
        san.down.add(edge("a", 12));

        goOn(Duration.ofMinutes(3));

        assertThat(told).extracting(Notification::kind).containsExactly(Kind.FIRING, Kind.UPDATED, Kind.FIRING);
        var worse = told.get(1);
        assertThat(worse.reason()).isEqualTo("worse: critical, was error");
        assertThat(worse.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(worse.description()).isEqualTo("""
                Who is hurt: 6 hosts are concerned; 18 maps have NO PATH LEFT, on db-07, db-08, db-09, db-10, db-11 and 1 host more.
                What is suspected: switch 12 of fabric B: 12 of 12 nexuses through it are down on 6 hosts; 12 of 36 elsewhere.
                How sure: 99 %; if it is not that, look at fabric B.
                Do not touch: hosts whose maps have no path: rebooting them or flushing the maps loses what waits to be written; no other work on the SAN until this is resolved.
                Next: look at the power, the console and the links of switch 12 of fabric B.""");
    }

    @Test
    void whatIsOverIsToldWithItsEndAndTheLabelsItHad() {
        san.down.add(edge("b", 12));
        goOn(Duration.ofSeconds(30));
        san.down.clear();

        goOn(Duration.ofMinutes(2));

        assertThat(told).extracting(Notification::kind).containsExactly(Kind.FIRING, Kind.RESOLVED);
        var over = told.getLast();
        assertThat(over.id()).isEqualTo(told.getFirst().incident() + "-2");
        assertThat(over.labels()).isEqualTo(told.getFirst().labels());
        assertThat(over.endsAt()).hasValueSatisfying(end -> assertThat(end).isBeforeOrEqualTo(over.at()));
        assertThat(over.summary()).isEqualTo("resolved: switch 12 of fabric B is down");
        assertThat(over.description()).isEqualTo("""
                It is over: switch 12 of fabric B: 12 of 12 nexuses through it were down on 6 hosts; 0 of 36 elsewhere.
                All maps that it hurt have all their paths again.""");
    }

    @Test
    void silentHostsAreAWarningThatPromisesNothing() {
        goOn(Duration.ofSeconds(1));
        san.silent.addAll(List.of("db-01", "db-02"));

        goOn(Duration.ofSeconds(30));

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().severity()).isEqualTo(Severity.WARNING);
        assertThat(told.getFirst().description()).isEqualTo("""
                Who is hurt: 2 hosts are concerned; of 6 maps it is not known what is left.
                What is suspected: 2 hosts do not report: host db-01, host db-02; nothing is known of 8 nexuses there.
                Do not touch: nothing is known of these hosts: count none of their paths as working; no other work on the SAN until this is resolved.
                Next: see whether the hosts run, their network works and their daemon is up.""");
    }

    @Test
    void aFabricThatFailsBitByBitIsToldInFewNotifications() {
        for (var number = 1; number <= 2; number++) {
            san.down.add(edge("b", 10 + number));
            goOn(Duration.ofSeconds(20));
        }
        san.down.add(edge("b", 1));
        goOn(Duration.ofMinutes(5));
        san.down.clear();
        goOn(Duration.ofMinutes(1));

        assertThat(told.size()).isLessThanOrEqualTo(6);
        for (var entry : book.values()) {
            var times = told.stream()
                    .filter(each -> each.incident().equals(entry.incident()) && each.kind() != Kind.RESOLVED)
                    .map(Notification::at)
                    .toList();
            for (var at = 1; at < times.size(); at++) {
                assertThat(times.get(at)).isAfterOrEqualTo(times.get(at - 1).plusSeconds(15));
            }
            assertThat(entry.isOpen()).isFalse();
        }
    }

    @Test
    void labelsThatAreNotTrueAnyMoreAreToldSo() {
        san.down.add(edge("b", 12));
        goOn(Duration.ofSeconds(30));
        san.down.add(fabric("b"));

        goOn(Duration.ofMinutes(3));

        var widened = told.stream().filter(each -> each.kind() == Kind.UPDATED).toList();
        assertThat(widened).isNotEmpty();
        assertThat(widened.getFirst().reason()).isEqualTo("another suspect");
        assertThat(widened.getFirst().former())
                .extracting(Notification.Former::labels)
                .containsExactly(told.getFirst().labels());
    }

    @Test
    void anOpenIncidentIsToldAgainAfterADayUnlessSomebodyCaresForIt() {
        san.down.add(edge("b", 12));
        goOn(Duration.ofSeconds(10));

        goOn(Duration.ofHours(25), Duration.ofMinutes(30));

        assertThat(told).extracting(Notification::reason).containsExactly("confirmed", "still open");
        san.acknowledge(told.getFirst().incident());
        goOn(Duration.ofHours(49), Duration.ofMinutes(30));
        assertThat(told).hasSize(2);
        san.down.add(edge("a", 12));
        goOn(Duration.ofSeconds(30));
        assertThat(told)
                .anyMatch(each -> each.incident().equals(told.getFirst().incident())
                        && each.reason().startsWith("worse: critical"));
    }

    @Test
    void aSilenceKeepsQuietUntilItEndsAndOnlyWhatItIsAbout() {
        windows.add(silence(fabric("b")));
        san.down.add(edge("b", 12));
        goOn(Duration.ofMinutes(5));
        assertThat(told).isEmpty();

        san.down.add(edge("a", 11));
        goOn(Duration.ofSeconds(30));
        assertThat(told).extracting(each -> each.labels().get("fabric")).containsExactly("A");

        windows.clear();
        goOn(Duration.ofSeconds(30));
        assertThat(told).extracting(each -> each.labels().get("fabric")).containsExactly("A", "B");
    }

    @Test
    void aSilenceOfOneHostSaysNothingOfOthersThatAreSilent() {
        windows.add(silence(new Component(ComponentClass.HOST, "db-01")));
        goOn(Duration.ofSeconds(1));
        san.silent.add("db-01");
        goOn(Duration.ofSeconds(30));
        assertThat(told).isEmpty();

        san.silent.addAll(List.of("db-02", "db-03"));
        goOn(Duration.ofSeconds(30));

        assertThat(told).extracting(each -> each.labels().get("kind")).containsExactly("silence");
    }

    @Test
    void whatWasSilencedByItsIdIsToldWhenItGetsWorseAndOnlyThen() {
        san.down.add(edge("b", 12));
        goOn(Duration.ofSeconds(30));
        windows.add(new Window(
                "s2",
                Window.Kind.SILENCE,
                List.of(told.getFirst().incident()),
                List.of(),
                TwoFabrics.START,
                TwoFabrics.START.plus(Duration.ofDays(30)),
                "ops",
                "known",
                TwoFabrics.START));
        goOn(Duration.ofHours(25), Duration.ofMinutes(30));
        assertThat(told).hasSize(1);

        san.down.add(edge("a", 12));
        goOn(Duration.ofSeconds(30));

        assertThat(told)
                .filteredOn(each -> each.incident().equals(told.getFirst().incident()))
                .extracting(Notification::reason)
                .containsExactly("confirmed", "worse: critical, was error");
    }

    @Test
    void theEndOfWhatWasToldIsToldInASilenceToo() {
        san.down.add(edge("b", 12));
        goOn(Duration.ofSeconds(30));
        windows.add(silence(edge("b", 12)));
        san.down.clear();

        goOn(Duration.ofMinutes(1));

        assertThat(told).extracting(Notification::kind).containsExactly(Kind.FIRING, Kind.RESOLVED);
    }

    @Test
    void aRiskThatASiteFileNamesIsTheCauseWhenAllOfItFailsAndAMemberWhenOnlyThatDoes() {
        var hosts = List.of("db-07", "db-08", "db-09", "db-10", "db-11", "db-12");
        san.site = new SiteFile(
                        new TreeMap<>(),
                        new TreeMap<>(Map.of(
                                new Component(ComponentClass.SHARED_RISK, "feed-2"),
                                List.of(edge("a", 12), edge("b", 12)),
                                new Component(ComponentClass.SITE, "berlin"),
                                hosts.stream()
                                        .map(host -> new Component(ComponentClass.HOST, host))
                                        .toList(),
                                new Component(ComponentClass.GROUP, "row-7"),
                                List.of(edge("a", 12), edge("b", 12)))))
                .membership();
        goOn(Duration.ofSeconds(1));
        san.down.add(edge("b", 12));
        goOn(Duration.ofSeconds(30));
        san.down.clear();
        goOn(Duration.ofMinutes(3));
        san.down.addAll(List.of(edge("a", 12), edge("b", 12)));
        goOn(Duration.ofSeconds(30));

        assertThat(told).extracting(Notification::kind).containsExactly(Kind.FIRING, Kind.RESOLVED, Kind.FIRING);
        assertThat(told).allSatisfy(each -> assertThat(each.labels()).containsEntry("site", "berlin"));
        assertThat(told.getFirst().labels()).containsEntry("class", "switch").containsEntry("switch", "B/12");
        assertThat(told.getLast().labels()).containsEntry("class", "sharedRisk").containsEntry("component", "feed-2");
        assertThat(told.getLast().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void whatIsWorkedOnIsNotCalledOverAndIsToldAgainWhenItIsStillDownAtTheEnd() {
        san.down.add(edge("b", 12));
        goOn(Duration.ofSeconds(30));
        var work = new Window(
                "m1",
                Window.Kind.MAINTENANCE,
                List.of(),
                List.of(edge("b", 12)),
                san.now,
                san.now.plus(Duration.ofMinutes(10)),
                "ops",
                "replaced",
                san.now);
        windows.add(work);
        san.windows.add(work);
        goOn(Duration.ofMinutes(2));

        assertThat(told).hasSize(2);
        var planned = told.getLast();
        assertThat(planned.kind()).isEqualTo(Kind.UPDATED);
        assertThat(planned.severity()).isEqualTo(told.getFirst().severity());
        assertThat(planned.labels()).isEqualTo(told.getFirst().labels());
        assertThat(planned.reason()).isEqualTo("explained by maintenance");
        assertThat(planned.summary()).isEqualTo("in maintenance: switch 12 of fabric B is down");
        assertThat(planned.description()).startsWith("It is not over: ").contains("18 maps have one fabric left");

        goOn(Duration.ofMinutes(10));
        assertThat(told).extracting(Notification::kind).containsExactly(Kind.FIRING, Kind.UPDATED, Kind.UPDATED);
        assertThat(told.getLast().reason()).isEqualTo("still there after maintenance");
        assertThat(told.getLast().labels()).isEqualTo(told.getFirst().labels());
        san.down.clear();
        goOn(Duration.ofMinutes(2));
        assertThat(told.getLast().kind()).isEqualTo(Kind.RESOLVED);
        assertThat(told).extracting(Notification::number).containsExactly(1, 2, 3, 4);
    }

    @Test
    void whatComesAndGoesIsToldOnceAMinuteWhileItDoes() {
        for (var time = 0; time < 20; time++) {
            san.down.add(edge("b", 12));
            goOn(Duration.ofSeconds(8));
            san.down.clear();
            goOn(Duration.ofSeconds(8));
        }
        goOn(Duration.ofMinutes(2));

        assertThat(told.size()).isLessThanOrEqualTo(2 * 6);
        assertThat(told.getLast().kind()).isEqualTo(Kind.RESOLVED);
        assertThat(told)
                .extracting(Notification::incident)
                .containsOnly(told.getFirst().incident());
        for (var at = 1; at < told.size(); at++) {
            assertThat(told.get(at).kind()).isNotEqualTo(told.get(at - 1).kind());
        }
    }

    @Test
    void whatNoViewKnowsAnyMoreIsOverAfterAWhile() {
        san.down.add(edge("b", 12));
        goOn(Duration.ofSeconds(30));
        var fresh = new TwoFabrics(12);
        var since = san.now;

        var early = new Alerts(book.values(), fresh.fleet(), windows, SiteFile.NONE, since, SETTINGS)
                .next(since.plus(Duration.ofMinutes(9)));
        var late = new Alerts(book.values(), fresh.fleet(), windows, SiteFile.NONE, since, SETTINGS)
                .next(since.plus(Duration.ofMinutes(11)));

        assertThat(early).isEmpty();
        assertThat(late).hasSize(1);
        assertThat(late.getFirst().last().kind()).isEqualTo(Kind.RESOLVED);
    }

    @Test
    void eachChannelGetsAllInOrderAndNothingTwice() {
        san.down.add(edge("b", 12));
        goOn(Duration.ofSeconds(30));
        san.down.clear();
        goOn(Duration.ofMinutes(1));
        var channels = List.of("mail", "hook");
        var entry = book.values().iterator().next();

        var first = entry.delivered("mail", 1, channels);
        var both = first.delivered("mail", 2, channels);

        assertThat(entry.nextFor("mail")).map(Notification::number).contains(1);
        assertThat(first.nextFor("mail")).map(Notification::number).contains(2);
        assertThat(both.nextFor("mail")).isEmpty();
        assertThat(both.nextFor("hook")).map(Notification::number).contains(1);
        assertThat(both.isDone(channels, san.now.plusSeconds(1))).isFalse();
        var all = both.delivered("hook", 1, channels).delivered("hook", 2, channels);
        assertThat(all.due()).isEmpty();
        assertThat(all.isDone(channels, san.now.plusSeconds(1))).isTrue();
    }

    @Test
    void aChannelThatNeverHeardOfItIsToldWhatFollowsAnEnd() {
        san.down.add(edge("b", 12));
        goOn(Duration.ofSeconds(30));
        var firing = book.values().iterator().next();
        san.down.clear();
        goOn(Duration.ofMinutes(2));
        var over = book.values().iterator().next();
        var again = new AlertEntry(
                        over.incident(),
                        over.names(),
                        over.epoch(),
                        over.write(),
                        over.last(),
                        List.of(over.last()),
                        over.delivered())
                .told(numbered(firing.last(), 3, Kind.FIRING));

        assertThat(over.last().isResolved()).isTrue();
        assertThat(again.nextFor("mail")).map(Notification::number).contains(3);
    }

    @Test
    void whatWaitsForADeadChannelIsBoundedAndKeepsItsBeginningAndEnd() {
        san.down.add(edge("b", 12));
        goOn(Duration.ofSeconds(30));
        var entry = book.values().iterator().next();
        for (var hour = 0; hour < 50; hour++) {
            entry = entry.told(numbered(entry.last(), entry.last().number() + 1, Kind.UPDATED));
        }

        assertThat(entry.due()).hasSize(AlertEntry.MOST_DUE);
        assertThat(entry.due().getFirst().number()).isEqualTo(1);
        assertThat(entry.due().getLast().number()).isEqualTo(51);
    }

    private static Notification numbered(Notification like, int number, Kind kind) {
        return new Notification(
                like.incident(),
                number,
                kind,
                "again",
                like.at(),
                like.severity(),
                like.startsAt(),
                like.endsAt(),
                like.labels(),
                like.former(),
                like.summary(),
                like.description(),
                like.url(),
                like.reach());
    }

    private Window silence(Component component) {
        return new Window(
                "s1",
                Window.Kind.SILENCE,
                List.of(),
                List.of(component),
                TwoFabrics.START,
                TwoFabrics.START.plus(Duration.ofHours(1)),
                "ops",
                "replaced",
                TwoFabrics.START);
    }

    private void goOn(Duration time) {
        goOn(time, Duration.ofSeconds(1));
    }

    /** Decides every so often, as the notifier does. */
    private void goOn(Duration time, Duration step) {
        var end = san.now.plus(time);
        while (san.now.isBefore(end)) {
            var fleet = step.compareTo(Duration.ofMinutes(1)) > 0 ? leap(step) : san.after(step);
            for (var entry :
                    new Alerts(book.values(), fleet, windows, SiteFile.NONE, Instant.EPOCH, SETTINGS).next(san.now)) {
                book.put(entry.incident(), entry);
                told.add(entry.last());
            }
        }
    }

    private org.lunwarden.fleet.FleetSnapshot leap(Duration step) {
        san.now = san.now.plus(step);
        return san.after(Duration.ofMillis(250));
    }
}
