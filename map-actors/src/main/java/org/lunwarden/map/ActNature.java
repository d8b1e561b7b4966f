package org.lunwarden.map;

import org.lunwarden.map.plan.MapAction;

/** What an act is to whom has it carried out. */
final class ActNature {

    private ActNature() {}

    /** What may still be done to a map that was left suspended when the daemon stops. */
    static boolean leadsToResume(MapAction action) {
        return action instanceof MapAction.Look || action instanceof MapAction.Resume;
    }

    /** Whether a map may be suspended when it ends, if a part of it is refused. */
    static boolean suspends(MapAction action) {
        return switch (action) {
            case MapAction.Reload reload -> true;
            case MapAction.Resize resize -> true;
            case MapAction.Resume() -> true;
            case MapAction.Create create -> true;
            case MapAction.Look() -> false;
            case MapAction.Tell tell -> false;
            case MapAction.SwitchGroup switchGroup -> false;
            case MapAction.Nothing nothing -> false;
            case MapAction.Reject reject -> false;
            case MapAction.Rename rename -> false;
            case MapAction.Remove remove -> false;
            case MapAction.Reassign reassign -> false;
        };
    }

    /** Whether it asks or tells something, and waits for no I/O. */
    static boolean isTalk(MapAction action) {
        return switch (action) {
            case MapAction.Look() -> true;
            case MapAction.Tell tell -> true;
            case MapAction.SwitchGroup switchGroup -> true;
            case MapAction.Nothing nothing -> true;
            case MapAction.Reject reject -> true;
            case MapAction.Create create -> false;
            case MapAction.Reload reload -> false;
            case MapAction.Resize resize -> false;
            case MapAction.Rename rename -> false;
            case MapAction.Resume() -> false;
            case MapAction.Remove remove -> false;
            case MapAction.Reassign reassign -> false;
        };
    }
}
