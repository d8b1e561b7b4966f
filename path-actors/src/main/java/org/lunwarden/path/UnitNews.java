package org.lunwarden.path;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.model.map.PathReport;

/** What a path tells of the logical unit that it leads to, beside its state. Each is told once, when it becomes so. */
public sealed interface UnitNews {

    /** The path's actor: one that is dropped may be heard when another path has its name. */
    ActorRef<PathActor.Command> by();

    PathReport path();

    /**
     * The disk is another logical unit than when it became the path, and is kept out of use.
     *
     * @param unit what it says it is: a WWID, or the serial number of page 0x80
     */
    record IsAnother(ActorRef<PathActor.Command> by, PathReport path, String unit) implements UnitNews {}

    /** The disk answers its checks but does not prove to be the unit it was, and is kept out of use until it does. */
    record IsUnproven(ActorRef<PathActor.Command> by, PathReport path, String reason) implements UnitNews {}

    /** One of the above is over: it is the unit it was. */
    record IsItself(ActorRef<PathActor.Command> by, PathReport path) implements UnitNews {}
}
