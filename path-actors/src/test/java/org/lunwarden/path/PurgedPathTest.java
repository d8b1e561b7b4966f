package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.ShakyPathRule;
import org.lunwarden.model.settings.TransportTimeouts;

/** A path whose unit the array does not map any more, or has given to another. */
class PurgedPathTest extends OnePath {

    private static final String NOT_MAPPED = "72052500";

    @Test
    void aPathIsQuarantinedFirstAndRemovedWhenChecksOverTheLongestPauseHaveConfirmedItAndItsMapCanSpareIt()
            throws InterruptedException {
        var path = almostConfirmed();
        isNotRemoved(path);

        uptime.accumulateAndGet(SETTINGS.maxPollingInterval(), Duration::plus);
        disconnected(path);
        assertThat(quarantined().over()).isTrue();
        assertThat(control.done()).as("nobody said that the map can spare it").isEmpty();
        path.tell(new PathActor.Purge());
        path.tell(new PathActor.Purge());
        ask(path);

        assertThat(control.done()).containsExactly("delete sdb 8:16");
    }

    @Test
    void aCheckThatSaysAnythingElseEndsTheQuarantine() throws InterruptedException {
        var path = spawnUp(true, false);
        disconnected(path);
        assertThat(quarantined().over()).isFalse();
        uptime.accumulateAndGet(SETTINGS.maxPollingInterval(), Duration::plus);
        path.tell(new PathActor.CheckNow());
        device.next().answer(ScriptedProbe.status(0, 1));

        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsOutOfQuarantine.class);
        disconnected(path);
        assertThat(quarantined().over()).isFalse();
        isNotRemoved(path);
    }

    @Test
    void aCheckThatHangsIsNoConfirmationAndEndsTheQuarantine() throws InterruptedException {
        var path = almostConfirmed();
        path.tell(new PathActor.CheckNow());
        device.next();
        ask(path);
        uptime.accumulateAndGet(SETTINGS.maxPollingInterval(), Duration::plus);
        time.timePasses(SETTINGS.checkerTimeout().plusSeconds(1));

        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsOutOfQuarantine.class);
        isNotRemoved(path);
    }

    @Test
    void aCheckThatTimesOutAtTheDeviceIsNoConfirmationEither() throws InterruptedException {
        var path = almostConfirmed();
        uptime.accumulateAndGet(SETTINGS.maxPollingInterval(), Duration::plus);
        path.tell(new PathActor.CheckNow());
        device.next().answer(new Answer.TimedOut<>(new CompletableFuture<>()));

        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsOutOfQuarantine.class);
        isNotRemoved(path);
    }

    @Test
    void aCheckThatHasNotEndedIsNotTheLastConfirmation() throws InterruptedException {
        var path = almostConfirmed();
        uptime.accumulateAndGet(SETTINGS.maxPollingInterval(), Duration::plus);
        path.tell(new PathActor.CheckNow());
        device.next().answer(ScriptedProbe.sense("7202040a"));
        ask(path);
        ask(path);

        news.expectNoMessage(Duration.ZERO);
    }

    @Test
    void withoutTheWordNothingIsQuarantined() throws InterruptedException {
        var path = spawnUp(false, false);
        disconnected(path);
        disconnected(path);

        ask(path);
        news.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aDiskThatIsAnotherUnitIsReadAnewOnceWhereTheWwidIsRechecked() throws InterruptedException {
        var path = spawnUp(false, true);
        path.tell(new PathActor.FailedByKernel());
        answer(ScriptedProbe.good(), ScriptedProbe.good(OTHER_UNIT));
        assertThat(news.receiveMessage()).isInstanceOf(PathNews.IsAnother.class);
        path.tell(new PathActor.CheckNow());
        answer(ScriptedProbe.good(), ScriptedProbe.good(OTHER_UNIT));

        ask(path);
        assertThat(control.done()).containsExactly("reread sdb 8:16");
    }

    /** A path in quarantine that one more such answer at the end of the longest pause confirms. */
    private ActorRef<PathActor.Command> almostConfirmed() throws InterruptedException {
        var path = spawnUp(true, false);
        disconnected(path);
        assertThat(quarantined().over()).isFalse();
        disconnected(path);
        disconnected(path);
        return path;
    }

    /** Though its map can spare it. */
    private void isNotRemoved(ActorRef<PathActor.Command> path) {
        path.tell(new PathActor.Purge());
        ask(path);
        assertThat(control.done()).isEmpty();
    }

    private ActorRef<PathActor.Command> spawnUp(boolean purge, boolean recheck) throws InterruptedException {
        var path = spawnUp();
        path.tell(new PathActor.SettingsChanged(new PathSettings(
                SETTINGS.checker(),
                SETTINGS.detectChecker(),
                SETTINGS.prio(),
                SETTINGS.detectPrio(),
                SETTINGS.prioArgs(),
                SETTINGS.pollingInterval(),
                SETTINGS.maxPollingInterval(),
                SETTINGS.checkerTimeout(),
                new Precautions(new ShakyPathRule.None(), false, TransportTimeouts.UNSET, purge, recheck, false))));
        return path;
    }

    private void disconnected(ActorRef<PathActor.Command> path) throws InterruptedException {
        path.tell(new PathActor.CheckNow());
        device.next().answer(ScriptedProbe.sense(NOT_MAPPED));
        ask(path);
        ask(path);
    }

    private PathNews.IsQuarantined quarantined() {
        return news.expectMessageClass(PathNews.IsQuarantined.class);
    }
}
