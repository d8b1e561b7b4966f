package org.lunwarden.path;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.model.map.PathReport;

/** What keeps a path from full use, beside its state. Each is told once, when it becomes so. */
public sealed interface PathNews {

    /** The path's actor: one that is dropped may be heard when another path has its name. */
    ActorRef<PathActor.Command> by();

    PathReport path();

    /**
     * The disk is another logical unit than when it became the path, and is kept out of use.
     *
     * @param unit what it says it is: a WWID, or the serial number of page 0x80
     */
    record IsAnother(ActorRef<PathActor.Command> by, PathReport path, String unit) implements PathNews {}

    /** The disk answers its checks but does not prove to be the unit it was, and is kept out of use until it does. */
    record IsUnproven(ActorRef<PathActor.Command> by, PathReport path, String reason) implements PathNews {}

    /**
     * It fails too often to be relied on.
     *
     * @param reason why, and until when
     * @param charge the same, but for how far a trial of it has come
     */
    record IsMarginal(ActorRef<PathActor.Command> by, PathReport path, String reason, String charge)
            implements PathNews {}

    /**
     * The array does not map its unit any more.
     *
     * @param reason what it waits for
     * @param over the device may be removed, if its map can spare it; told after each check that confirms it
     */
    record IsQuarantined(ActorRef<PathActor.Command> by, PathReport path, String reason, boolean over)
            implements PathNews {}

    /** The unit is mapped again, or the array says nothing of it. */
    record IsOutOfQuarantine(ActorRef<PathActor.Command> by, PathReport path) implements PathNews {}

    /** It is relied on again. */
    record IsTrusted(ActorRef<PathActor.Command> by, PathReport path) implements PathNews {}

    /** The disk is the unit it was, after it was another one, or did not prove it. */
    record IsItself(ActorRef<PathActor.Command> by, PathReport path) implements PathNews {}
}
