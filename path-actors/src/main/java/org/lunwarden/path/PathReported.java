package org.lunwarden.path;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.model.map.PathReport;

/**
 * What a path says of itself.
 *
 * @param by the path's actor: one that is dropped may be heard when another path has its name
 */
public record PathReported(ActorRef<PathActor.Command> by, PathReport report) {}
