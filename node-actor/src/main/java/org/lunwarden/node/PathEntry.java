package org.lunwarden.node;

import java.util.Optional;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.node.NexusAlarms.News;
import org.lunwarden.path.PathActor;

/**
 * A path of this host.
 *
 * @param last what its actor said last; its announcement before the first report
 */
record PathEntry(PathSeat seat, ActorRef<PathActor.Command> actor, PathReport last) {

    PathEntry with(PathReport report) {
        return new PathEntry(seat, actor, report);
    }

    PathEntry with(PathSeat newSeat) {
        return new PathEntry(newSeat, actor, last);
    }

    /** What the report tells that its nexus siblings should be checked for. */
    Optional<News> alarm(PathReport now) {
        if (now.adminFailed() || last.adminFailed() || isInUse(now) == isInUse(last)) {
            return Optional.empty();
        }
        return Optional.of(isInUse(now) ? News.BACK : News.LOST)
                .filter(news -> news == News.LOST || last.state() != PathState.UNCHECKED);
    }

    /** Whether the same may have become of it, without its having said so. What is kept out for a reason of its own comes not back. */
    boolean mayFollow(News news) {
        return switch (news) {
            case LOST -> isInUse(last);
            case BACK ->
                !isInUse(last)
                        && !last.adminFailed()
                        && last.state() != PathState.DELAYED
                        && last.unit() != UnitProof.ANOTHER;
        };
    }

    /** A path that proves itself once more, as at the end of each rest, has not changed: its siblings need no check. */
    private static boolean isInUse(PathReport report) {
        return report.state().isUsable() || (report.state() == PathState.PENDING && report.unit() == UnitProof.OPEN);
    }

    /** A path that was dropped meanwhile, and taken again, is watched by another actor. */
    boolean isSaidBy(ActorRef<PathActor.Command> by) {
        return actor.equals(by);
    }

    boolean isChangedBy(PathReport now) {
        return last.state() != now.state() || last.adminFailed() != now.adminFailed();
    }
}
