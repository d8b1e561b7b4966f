package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.model.settings.ShakyPathRule;
import org.lunwarden.path.QuestionedProbe.Reading;

/** A path that fails too often, as its map and its host hear of it. */
class MarginalPathTest extends OnePath {

    private static final ShakyPathRule COUNTED = new ShakyPathRule.Counted(1, 100, Duration.ofSeconds(30));
    private static final ShakyPathRule SAMPLED =
            new ShakyPathRule.Sampled(Duration.ofMinutes(1), Duration.ofSeconds(5), 10, Duration.ofMinutes(5));

    @Test
    void aPathThatCameBackTooOftenIsHeldBackAndNeverCalledUpMeanwhile() throws InterruptedException {
        var path = spawnUp(COUNTED, false);
        failAndReturn(path, PathState.UP);
        failAndReturn(path, PathState.DELAYED);
        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsMarginal.class);

        uptime.accumulateAndGet(Duration.ofSeconds(30), Duration::plus);
        check(path, PathState.DELAYED);
        uptime.accumulateAndGet(Duration.ofSeconds(1), Duration::plus);
        check(path, PathState.UP);

        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsTrusted.class);
    }

    @Test
    void aPathThatIsHeldBackMustProveWhichUnitItIsAtEachCheck() throws InterruptedException {
        var path = spawnUp(COUNTED, false);
        failAndReturn(path, PathState.UP);
        failAndReturn(path, PathState.DELAYED);

        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.good(OTHER_UNIT));

        assertThat(told(UnitProof.ANOTHER).state()).isEqualTo(PathState.DOWN);
    }

    @Test
    void theLastPathOfItsMapIsReleasedOnceItHasProvenItself() throws InterruptedException {
        var path = spawnUp(COUNTED, false);
        failAndReturn(path, PathState.UP);
        failAndReturn(path, PathState.DELAYED);

        path.tell(new PathActor.Needed());

        assertThat(told().state()).isEqualTo(PathState.PENDING);
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        toldTwice(PathState.UP);
        failAndReturn(path, PathState.UP);
    }

    @Test
    void inGroupsOfItsOwnAMarginalPathStaysInUse() throws InterruptedException {
        var path = spawnUp(COUNTED, true);
        failAndReturn(path, PathState.UP);
        assertThat(ask(path).grouping().marginal()).isFalse();

        failAndReturn(path, PathState.UP);

        assertThat(ask(path).grouping().marginal()).isTrue();
        path.tell(new PathActor.SettingsChanged(settings(new ShakyPathRule.None(), true)));
        assertThat(told().grouping().marginal()).isFalse();
    }

    @Test
    void anOperatorsMarkPutsAPathBehindTheOthersUntilHeTakesItBack() throws InterruptedException {
        var path = spawnUp(COUNTED, true);

        path.tell(new PathActor.SetMarginal());

        assertThat(told().grouping().marginal()).isTrue();
        assertThat(((PathNews.IsMarginal) news.receiveMessage()).reason()).startsWith("an operator marked it");
        path.tell(new PathActor.Needed());
        path.tell(new PathActor.SettingsChanged(settings(new ShakyPathRule.None(), true)));
        assertThat(ask(path).grouping().marginal()).isTrue();

        path.tell(new PathActor.UnsetMarginal());

        assertThat(told().grouping().marginal()).isFalse();
        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsTrusted.class);
    }

    @Test
    void anOperatorsMarkHoldsNoPathBackWhereMarginalOnesHaveNoGroups() throws InterruptedException {
        var path = spawnUp(COUNTED, false);

        path.tell(new PathActor.SetMarginal());

        assertThat(ask(path).state()).isEqualTo(PathState.UP);
        assertThat(explain(path)).anyMatch(line -> line.startsWith("to no effect while marginal_pathgroups is off: "));
    }

    @Test
    void anOperatorReleasesAPathThatCameBackTooOftenOnceItHasProvenItself() throws InterruptedException {
        var path = spawnUp(COUNTED, false);
        failAndReturn(path, PathState.UP);
        failAndReturn(path, PathState.DELAYED);

        path.tell(new PathActor.UnsetMarginal());

        assertThat(told().state()).isEqualTo(PathState.PENDING);
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        toldTwice(PathState.UP);
    }

    @Test
    void twoFailuresByTheKernelTakeThePathOutUntilItHasBeenReadWithoutErrors() throws InterruptedException {
        device.reads(List.of(Reading.WELL));
        var path = spawnUp(SAMPLED, false);
        failedByKernel(path, PathState.UP);
        failedByKernel(path, PathState.DELAYED);

        readFor(path, Duration.ofSeconds(4));
        assertThat(ask(path).state()).isEqualTo(PathState.DELAYED);
        readFor(path, Duration.ofSeconds(1));

        assertThat(told().state()).isEqualTo(PathState.PENDING);
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        toldTwice(PathState.UP);
        assertThat(device.readers()).isZero();
    }

    @Test
    void aPathWhoseReadsFailStaysOutAndIsReadAgainLater() throws InterruptedException {
        device.reads(List.of(Reading.WELL, Reading.WELL, Reading.BADLY));
        var path = spawnUp(SAMPLED, false);
        failedByKernel(path, PathState.UP);
        failedByKernel(path, PathState.DELAYED);

        readFor(path, Duration.ofSeconds(5));

        assertThat(ask(path).state()).isEqualTo(PathState.DELAYED);
        assertThat(device.readers()).isZero();
        uptime.accumulateAndGet(Duration.ofMinutes(5), Duration::plus);
        check(path, PathState.DELAYED);
        assertThat(device.readers()).isEqualTo(1);
    }

    @Test
    void aSampleEndsWithItsPath() throws InterruptedException {
        device.reads(List.of(Reading.WELL));
        var path = spawnUp(SAMPLED, false);
        failedByKernel(path, PathState.UP);
        failedByKernel(path, PathState.DELAYED);
        assertThat(device.readers()).isEqualTo(1);

        kit.stop(path);

        assertThat(device.readers()).isZero();
    }

    private List<String> explain(ActorRef<PathActor.Command> path) {
        var asker = kit.<PathAccount>createTestProbe();
        path.tell(new PathActor.Explain(asker.getRef()));
        return asker.receiveMessage().lines();
    }

    private ActorRef<PathActor.Command> spawnUp(ShakyPathRule rule, boolean grouped) throws InterruptedException {
        var path = spawnUp();
        path.tell(new PathActor.SettingsChanged(settings(rule, grouped)));
        return path;
    }

    private static PathSettings settings(ShakyPathRule rule, boolean grouped) {
        return new PathSettings(
                CheckerKind.TUR,
                false,
                PrioKind.CONST,
                false,
                "",
                SETTINGS.pollingInterval(),
                SETTINGS.maxPollingInterval(),
                SETTINGS.checkerTimeout(),
                Precautions.NONE.with(rule, grouped));
    }

    private void failAndReturn(ActorRef<PathActor.Command> path, PathState as) throws InterruptedException {
        path.tell(new PathActor.CheckNow());
        device.next().answer(ScriptedProbe.status(0, 1));
        toldTwice(PathState.DOWN);
        check(path, as);
    }

    private void failedByKernel(ActorRef<PathActor.Command> path, PathState then) throws InterruptedException {
        path.tell(new PathActor.FailedByKernel());
        assertThat(told().state()).isEqualTo(PathState.PENDING);
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        toldTwice(then);
    }

    /** A check of a path that is out of use. */
    private void check(ActorRef<PathActor.Command> path, PathState then) throws InterruptedException {
        var was = ask(path).state();
        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.good(SAME_UNIT));
        if (was == then) {
            assertThat(told().state()).isEqualTo(then);
        } else {
            toldTwice(then);
        }
    }

    /** When a check finds it, and when the check is over. */
    private void toldTwice(PathState state) {
        assertThat(told().state()).isEqualTo(state);
        assertThat(told().state()).isEqualTo(state);
    }

    private void readFor(ActorRef<PathActor.Command> path, Duration time) {
        for (var passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusSeconds(1)) {
            pass(path, Duration.ofSeconds(1));
        }
    }
}
