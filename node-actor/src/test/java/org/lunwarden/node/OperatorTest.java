package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.apache.pekko.actor.ActorSelection;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.model.PathState;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.path.PathActor;

/** What an operator said of a path. */
class OperatorTest extends OneHost {

    private static final String PATH = "path-*-sdc";
    private static final Duration SOON = Duration.ofMinutes(1);

    private final ActorTestKit kit = ActorTestKit.create();

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void aPathThatWasFailedByAnOperatorStaysSoWhenTheRegistryStartsAnew() {
        var node = kit.spawn(
                NodeActor.create(
                        ports(),
                        settings(Duration.ofSeconds(1)),
                        new DaemonRun("boot", "run"),
                        reports,
                        new CompletableFuture<>()),
                "node");
        awaitAllUp();
        registry(PATH).tell(new PathActor.AdminFail(), nobody());
        await(() -> report().adminFailed());
        var looks = looks(node);

        registry("").tell("what no registry understands", nobody());
        await(() -> looks(node) > looks && isWatched());

        await(() -> report().state() == PathState.DOWN);
        assertThat(report().adminFailed()).isTrue();
        registry(PATH).tell(new PathActor.AdminReinstate(), nobody());
        await(() -> report().state() == PathState.UP);
    }

    private static org.apache.pekko.actor.ActorRef nobody() {
        return org.apache.pekko.actor.ActorRef.noSender();
    }

    private ActorSelection registry(String child) {
        var path = "/user/node/path-registry" + (child.isEmpty() ? "" : "/" + child);
        return Adapter.toClassic(kit.system()).actorSelection(path);
    }

    private PathReport report() {
        var asker = kit.<PathReport>createTestProbe();
        registry(PATH).tell(new PathActor.GetReport(asker.ref()), nobody());
        return asker.receiveMessage(SOON);
    }

    /** A look has ended before its paths are taken. */
    private boolean isWatched() {
        return registry(PATH)
                .resolveOne(SOON)
                .handle((path, missing) -> missing == null)
                .toCompletableFuture()
                .join();
    }

    private long looks(ActorRef<NodeActor.Command> node) {
        return AskPattern.ask(node, NodeActor.GetStatus::new, SOON, kit.scheduler())
                .toCompletableFuture()
                .join()
                .discovery()
                .looks();
    }
}
