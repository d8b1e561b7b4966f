package org.lunwarden.map;

import java.util.Optional;

import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.settings.MapSettings;

/** By whose doing the kernel has a map or has it no more, and has it suspended. */
final class Presence {

    private boolean removedByOthers;
    private boolean mayResume = true;

    /** Another path than those that were there when somebody removed it. */
    void pathCame() {
        removedByOthers = false;
    }

    void settingsChanged() {
        removedByOthers = false;
    }

    /** A table of ours was refused, which may have left the map suspended. */
    void loadRefused() {
        mayResume = true;
    }

    /**
     * Takes in what the kernel has after {@code done}.
     *
     * @return whether the map is gone that was there
     */
    boolean seen(Optional<KernelMap> before, KernelView view, MapAction done, MapSettings settings) {
        if (view instanceof KernelView.Present(var map, var event) && !map.suspended()) {
            mayResume = false;
        }
        var vanished = before.isPresent() && view.lacksIt();
        var wentWithItsLastClose = before.filter(KernelMap::deferredRemove).isPresent()
                && settings.upkeep().deferredRemove();
        if (vanished && !(done instanceof MapAction.Remove) && !wentWithItsLastClose) {
            removedByOthers = true;
        }
        return vanished;
    }

    /** False when somebody removed it. */
    boolean mayCreate() {
        return !removedByOthers;
    }

    /** Whether a suspended map is left over from a reload that was cut off; else somebody wants it so. */
    boolean mayResume() {
        return mayResume;
    }
}
