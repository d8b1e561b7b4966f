package org.lunwarden.map;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.DevT;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.GroupingPolicy;
import org.lunwarden.model.settings.MapSettings;

/** A map's life over a kernel that remembers; the test moves the time and says what paths report. */
abstract class MapByHand {

    final KernelDouble kernel = new KernelDouble();
    Duration now = Duration.ofHours(1);
    MapLife life = new MapLife(Reports.WWID, Settings.of(GroupingPolicy.MULTIBUS));

    final void begin(MapSettings settings) {
        begin(new MapName.Wanted(Reports.WWID.value()), settings);
    }

    final void begin(MapName name, MapSettings settings) {
        life = new MapLife(Reports.WWID, settings, name);
        settle();
    }

    final void is(PathReport... reports) {
        for (var report : reports) {
            life.pathIs(report, now);
        }
        settle();
    }

    final void passes(Duration time) {
        now = now.plus(time);
        settle();
    }

    final List<DevT> lookAgain() {
        life.kernelMoved();
        return settle();
    }

    /** Does what follows from a wish, when something does. */
    final MapAction asks(Wish wish) {
        lookAgain();
        var act = Wish.judge(wish, life, now);
        if (!(act instanceof MapAction.Nothing || act instanceof MapAction.Reject)) {
            var outcome = new DmOperation(kernel, life.wwid(), UdevFlags.NONE).perform(act, life.name());
            life.kernelIs(outcome.view(), act, outcome.refusal(), now);
        }
        settle();
        return act;
    }

    /**
     * Does what the life asks for until it asks for nothing.
     *
     * @return what the kernel was found to have failed
     */
    final List<DevT> settle() {
        var failed = new ArrayList<DevT>();
        var operation = new DmOperation(kernel, life.wwid(), UdevFlags.NONE);
        for (var acts = 0; acts < 50; acts++) {
            var action = life.next(now);
            if (action instanceof MapAction.Nothing || action instanceof MapAction.Reject) {
                return failed;
            }
            if (action instanceof MapAction.Reassign reassign) {
                life.reassignBegun(reassign);
                var refusal = operation.perform(reassign, life.name()).refusal();
                life.reassignEnded(reassign, refusal.isEmpty(), now);
                continue;
            }
            var outcome = operation.perform(action, life.name());
            failed.addAll(life.kernelIs(outcome.view(), action, outcome.refusal(), now)
                    .failedByKernel());
            outcome.udev().ifPresent(readiness -> life.udevHas(readiness, now));
        }
        throw new AssertionError("no rest: " + life.next(now));
    }
}
