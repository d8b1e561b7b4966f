package org.lunwarden.map;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.DeviceMapper.Readiness;
import org.lunwarden.io.DeviceMapper.SuspendMode;
import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.IoResult.Refused;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.map.plan.WantedMap;
import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.dm.MultipathTableCodec;

/**
 * Does one action and reads back what the kernel has then. Blocking.
 *
 * @param udev what holds for all that is done to the map
 */
record DmOperation(DeviceMapper dm, Wwid wwid, UdevFlags udev) {

    private static final int EBUSY = 16;
    private static final int EROFS = 30;

    /**
     * @param refusal why the action was not done; empty when it was
     * @param udev what udev's rules made of the map, when it was looked at
     */
    record Outcome(MapAction action, Optional<Refused<?>> refusal, KernelView view, Optional<Readiness> udev) {

        /** Whether it was to make what was there already. */
        boolean metAnother() {
            return action instanceof MapAction.Create
                    && refusal.filter(refused -> refused.errno() == EBUSY).isPresent()
                    && !(view instanceof KernelView.Absent);
        }
    }

    /** Whether our map of that name is there and suspended. */
    boolean isSuspended(String name) {
        return dm.info(name) instanceof IoResult.Ok<DeviceMapper.Info>(var info)
                && info.suspended()
                && info.uuid().equals(KernelReader.uuid(wwid));
    }

    /** @param name the map's present name, or the one that it is to have when there is none */
    Outcome perform(MapAction action, String name) {
        return perform(action, name, Optional::empty, () -> true);
    }

    /**
     * @param veto asked between the parts of what has many: a reason not to go on
     * @param isFresh whether what paths reported when it was decided may still be taken as it was
     */
    Outcome perform(MapAction action, String name, Supplier<Optional<String>> veto, BooleanSupplier isFresh) {
        IoResult<?> result = switch (action) {
            case MapAction.Nothing nothing -> IoResult.done();
            case MapAction.Look() -> IoResult.done();
            case MapAction.Reject reject -> IoResult.done();
            case MapAction.Create(var wanted, var newName) -> {
                requests().ofNewMap(wanted);
                yield writable(wanted, readOnly -> create(newName, wanted, readOnly))
                        .then(device -> leaveUnused(newName, wanted, isFresh));
            }
            case MapAction.Reload reload -> load(name, reload, isFresh);
            case MapAction.Resize(var wanted, var from) ->
                // what is on the map has to learn of its size: to udev this is no mere reload
                load(name, wanted, SuspendMode.FLUSH, flags(false, wanted.usable()), isFresh);
            case MapAction.Rename(var from, var to) -> rename(name, to);
            case MapAction.Resume() -> dm.resume(name, flags(true, true));
            case MapAction.Tell(var messages) -> tell(name, messages);
            case MapAction.SwitchGroup(var group) -> dm.message(name, "switch_group " + group);
            case MapAction.Remove(var deferred) -> new Removal(dm, wwid).remove(name, deferred);
            case MapAction.Reassign(var paths) -> new Reassignment(dm, wwid, udev, paths, veto).perform(name);
        };
        var refusal =
                result instanceof Refused<?> refused ? Optional.<Refused<?>>of(refused) : Optional.<Refused<?>>empty();
        var view = KernelReader.read(dm, wwid, name);
        return new Outcome(action, refusal, view, readiness(action, view));
    }

    /** A map without a path is rightly not ready, and no question of ours is to wait for it. */
    private Optional<Readiness> readiness(MapAction action, KernelView view) {
        return action instanceof MapAction.Look && view instanceof KernelView.Present(var map, var event)
                ? Optional.of(map.anyActive() ? dm.readiness(map.device()) : Readiness.UNTOLD)
                : Optional.empty();
    }

    /** A disk may be read-only without having said so. */
    private <T> IoResult<T> writable(WantedMap wanted, Function<Boolean, IoResult<T>> load) {
        var result = load.apply(wanted.readOnly());
        return !wanted.readOnly() && result instanceof Refused<T> refused && refused.errno() == EROFS
                ? load.apply(true)
                : result;
    }

    private IoResult<DevT> create(String name, WantedMap wanted, boolean readOnly) {
        return dm.create(name, KernelReader.uuid(wwid), readOnly, targets(wanted), flags(false, wanted.usable()));
    }

    private IoResult<IoResult.Done> load(String name, MapAction.Reload reload, BooleanSupplier isFresh) {
        var wanted = reload.wanted();
        return load(name, wanted, SuspendMode.KEEP_IO, flags(!reload.isNewsToUdev(), wanted.usable()), isFresh);
    }

    private IoResult<IoResult.Done> load(
            String name, WantedMap wanted, SuspendMode mode, UdevFlags flags, BooleanSupplier isFresh) {
        requests().ofMap(name, wanted);
        return writable(wanted, readOnly -> dm.reload(name, readOnly, targets(wanted), mode, flags))
                .then(done -> leaveUnused(name, wanted, isFresh));
    }

    /**
     * I/O is not to find a path that is held back, not even until the table was read: then what was refused is told again. A load
     * waits for I/O, and after a while such a path may be the only one that is good: that is for a new look to decide.
     */
    private IoResult<IoResult.Done> leaveUnused(String name, WantedMap wanted, BooleanSupplier isFresh) {
        for (var path : wanted.table().devices()) {
            if (wanted.unusedPaths().contains(path) && isFresh.getAsBoolean()) {
                dm.message(name, MapAction.failPath(path));
            }
        }
        return IoResult.done();
    }

    private RequestSizes requests() {
        return new RequestSizes(dm, wwid);
    }

    private IoResult<IoResult.Done> rename(String name, String to) {
        if (dm.info(to) instanceof IoResult.Ok<DeviceMapper.Info>(var other)) {
            return new Refused<>(EBUSY, "dm rename " + name, KernelReader.taken(to, other.uuid()));
        }
        return dm.rename(name, to, flags(false, true)).then(done -> {
            new Partitions(dm, wwid).follow(name, to, flags(false, true));
            return IoResult.done();
        });
    }

    /** Every message is sent, also when one is refused; the first refusal is told. */
    private IoResult<IoResult.Done> tell(String name, List<String> messages) {
        var results = messages.stream()
                .map(message -> message.equals(MapAction.Tell.STAY)
                        ? new Removal(dm, wwid).cancel(name)
                        : dm.message(name, message))
                .toList();
        return results.stream().filter(Refused.class::isInstance).findFirst().orElseGet(IoResult::done);
    }

    private UdevFlags flags(boolean reload, boolean usable) {
        return new UdevFlags(reload, udev.skipKpartx(), !usable, udev.patience());
    }

    private static List<Target> targets(WantedMap wanted) {
        return List.of(new Target(0, wanted.sizeSectors(), "multipath", MultipathTableCodec.format(wanted.table())));
    }
}
