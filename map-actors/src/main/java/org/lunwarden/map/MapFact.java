package org.lunwarden.map;

import java.time.Duration;

import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapTopology;

/** What the owner of a map hears from its actor. */
public sealed interface MapFact {

    /** The map is so now; told on every change. */
    record MapIs(MapTopology map) implements MapFact {}

    /** The kernel stopped using a path that its check calls good. */
    record PathFailedByKernel(Wwid wwid, DevT path) implements MapFact {}

    /** The kernel holds a path failed, and would be told to use it again once it has proven which unit it is. */
    record ProofWanted(Wwid wwid, DevT path) implements MapFact {}

    /** No path is left but those that are held back, of which this is one: it is to be used. */
    record PathNeeded(Wwid wwid, DevT path) implements MapFact {}

    /** The map is no more: it had no paths left, or somebody removed it. */
    record MapVanished(Wwid wwid) implements MapFact {}

    /** The kernel refused to make it. */
    record NotMade(Wwid wwid) implements MapFact {}

    /** A call of device-mapper has not returned for so long. Told again, ever more rarely, until it returns. */
    record Stuck(Wwid wwid, String what, Duration since) implements MapFact {}

    /** A call that was told to be stuck has returned. */
    record Freed(Wwid wwid, String what, Duration after) implements MapFact {}

    /** Something cannot be done and why; told once for each reason. It is tried again by itself where that may help. */
    record Refusal(Wwid wwid, String what, String reason) implements MapFact {}
}
