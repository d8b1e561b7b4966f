package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.check.CheckLimits;
import org.lunwarden.fleet.wire.ReportParts;
import org.lunwarden.fleet.wire.ToHost;
import org.lunwarden.fleet.wire.ToView;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.HostCommand;

/** Three views that suspect the same components at the same time, and change places meanwhile. */
class FleetChecksTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final CheckLimits LIMITS = CheckLimits.DEFAULT;

    /** More than a third of what a port, and of what a host, may be asked for at once. */
    private static final int PATHS = 150;

    private final List<SyntheticHost> hosts = IntStream.range(0, 24)
            .mapToObj(number -> new SyntheticHost(number, 4, PATHS))
            .toList();
    private final Map<SyntheticHost, TestInbox<ToHost>> inboxes = new HashMap<>();
    private final List<FleetState> states = new ArrayList<>();
    private final List<FleetChecks> views = new ArrayList<>();
    private final List<ViewCounts> counts = new ArrayList<>();
    private int oldest;

    private record Asked(Duration at, String whom) {}

    FleetChecksTest() {
        for (var number = 0; number < 3; number++) {
            var mine = number;
            states.add(new FleetState(FleetOnLoopback.QUICK));
            counts.add(new ViewCounts());
            views.add(new FleetChecks(
                    states.get(number),
                    () -> oldest == mine,
                    TestInbox.<ToView>create().getRef(),
                    counts.get(number)));
        }
        for (var host : hosts) {
            var inbox = inboxes.computeIfAbsent(host, any -> TestInbox.create());
            for (var part : ReportParts.of(host.report(), inbox.getRef())) {
                states.forEach(state -> state.heard(part, START));
            }
        }
    }

    @Test
    void whatThreeViewsAskForTogetherStaysWithinWhatAPortAndAHostMayBeAskedFor() {
        var asked = new ArrayList<Asked>();
        for (var millis = 0; millis <= 60_000; millis += 250) {
            oldest = millis < 20_000 ? 0 : millis < 40_000 ? 1 : 2;
            for (var view : views) {
                var now = START.plusMillis(millis);
                view.look(now);
                view.ask(List.of(suspect(), SyntheticHost.edgeSwitch(1, 1)), now);
            }
            asked.addAll(askedSince(Duration.ofMillis(millis)));
        }

        assertThat(counts).allMatch(count -> granted(count) > 20);
        asked.stream().map(Asked::whom).distinct().forEach(whom -> {
            var all = asked.stream().filter(each -> each.whom().equals(whom)).toList();
            var isHost = whom.startsWith("h");
            var rate = isHost ? LIMITS.perHost() : LIMITS.perPort();
            var burst = isHost ? LIMITS.hostBurst() : LIMITS.portBurst();
            for (var from = 0; from < all.size(); from++) {
                for (var to = from; to < all.size(); to++) {
                    var seconds = all.get(to).at().minus(all.get(from).at()).toMillis() / 1000.0;
                    assertThat((to - from + 1.0) * PATHS).as(whom).isLessThanOrEqualTo(burst + rate * seconds);
                }
            }
        });
    }

    @Test
    void onlyTheViewWhoseTurnItIsAsks() {
        oldest = 1;
        views.forEach(view -> view.look(START));

        views.forEach(view -> view.ask(List.of(suspect()), START.plusSeconds(10)));

        assertThat(counts)
                .extracting(FleetChecksTest::granted)
                .satisfiesExactly(
                        first -> assertThat(first).isZero(),
                        second -> assertThat(second).isPositive(),
                        third -> assertThat(third).isZero());
    }

    private static Component suspect() {
        return SyntheticHost.coreSwitch(0);
    }

    /** One for the port and one for the host of each nexus. */
    private List<Asked> askedSince(Duration at) {
        var asked = new ArrayList<Asked>();
        inboxes.forEach((host, inbox) -> inbox.getAllReceived().forEach(message -> {
            if (message instanceof ToHost.CarryOut(var id, HostCommand.CheckNexuses(var nexuses), var replyTo)) {
                for (var nexus : nexuses) {
                    asked.add(new Asked(at, nexus.targetPort()));
                    asked.add(new Asked(at, host.id().value()));
                }
            }
        }));
        return asked;
    }

    private static long granted(ViewCounts counts) {
        return counts.work().checksGranted();
    }
}
