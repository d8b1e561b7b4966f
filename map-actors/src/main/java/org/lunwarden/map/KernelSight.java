package org.lunwarden.map;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.map.plan.KernelMap;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.model.DevT;

/** What was last seen of a map in the kernel, and when it is to be looked at again. */
final class KernelSight {

    /** It is looked at this often even when nobody tells of a change. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(60);

    private Optional<KernelView> view = Optional.empty();
    private Duration lookAt = Duration.ZERO;
    private boolean moved;
    /** Whether it was seen since the map last came to rest. */
    private boolean fresh;

    /** Something moved: look before the next act. */
    void moved() {
        moved = true;
    }

    /**
     * An event of that number was told: what was seen may show it.
     *
     * @param anew what was seen may be another device that had its number
     */
    void moved(DevT device, long event, boolean anew) {
        var shows = !anew
                && view.filter(seen -> seen instanceof KernelView.Present(var map, var shown)
                                && map.device().equals(device)
                                && shown >= event)
                        .isPresent();
        moved |= !shows;
    }

    /** An event of that number was told of a device that may be this map. @return whether it may be */
    boolean mayHaveMoved(DevT device, long event, boolean anew) {
        var mayBe = map().filter(seen -> !seen.device().equals(device)).isEmpty();
        if (mayBe) {
            moved(device, event, anew);
        }
        return mayBe;
    }

    void is(KernelView seen, Duration now) {
        view = Optional.of(seen);
        fresh = true;
        lookAt = now.plus(seen instanceof KernelView.Unreadable ? Backoff.FIRST : LOOK_AGAIN);
    }

    /** Asked once for each move. */
    boolean asksForALook(Duration now) {
        var asks = moved || view.isEmpty() || now.compareTo(lookAt) >= 0;
        moved &= !asks;
        return asks;
    }

    boolean isFresh() {
        return fresh;
    }

    /** Nothing is to be done: what was seen is not fresh any more. @return whether it was */
    boolean rests() {
        var was = fresh;
        fresh = false;
        return was;
    }

    Duration lookAt() {
        return lookAt;
    }

    /** Whether it was never looked at. */
    boolean isUnknown() {
        return view.isEmpty();
    }

    boolean lacksIt() {
        return view.filter(KernelView::lacksIt).isPresent();
    }

    boolean nameIsTaken() {
        return view.filter(KernelView.NameTaken.class::isInstance).isPresent();
    }

    /** @throws java.util.NoSuchElementException when it was never looked at */
    KernelView view() {
        return view.orElseThrow();
    }

    Optional<KernelMap> map() {
        return view.flatMap(
                seen -> seen instanceof KernelView.Present(var map, var event) ? Optional.of(map) : Optional.empty());
    }
}
