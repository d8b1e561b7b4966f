package org.lunwarden.io.simulated;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.simulated.MapDevice.Behavior;
import org.lunwarden.io.simulated.MultipathTarget.Path;

/** The way of I/O through a dm device: to a path, on to the next when that fails, or waiting when none is left. */
final class MapIo {

    /** Hears of a path that I/O has failed. */
    @FunctionalInterface
    interface PathFailed {
        void by(MapDevice device, MultipathTarget target, Path path);
    }

    private static final int BLOCK = 4096;

    private final SimulatedKernel kernel;
    private final PathFailed failed;

    MapIo(SimulatedKernel kernel, PathFailed failed) {
        this.kernel = kernel;
        this.failed = failed;
    }

    /** Sends one read; {@code answer} hears on the SAN's time, without the lock. */
    void submit(MapDevice device, Consumer<IoResult<Integer>> answer) {
        synchronized (kernel.san.lock) {
            if (device.suspended) {
                device.waiting.add(answer);
                return;
            }
            var lines = device.live.map(MapDevice.Table::lines).orElse(List.of());
            if (lines.isEmpty()) {
                fail(device, answer);
                return;
            }
            switch (lines.get(0).behavior()) {
                case Behavior.Multipath(var target) -> submit(device, target, answer);
                case Behavior.OnDisk(var disk) ->
                    kernel.send(disk, ScsiAnswers::ready, reply -> {
                        if (isGood(reply)) {
                            answer.accept(new IoResult.Ok<>(BLOCK));
                        } else {
                            answer.accept(Errno.EIO.refused("read " + device.name));
                        }
                    });
                case Behavior.OnMap(var below) -> submit(below, answer);
                case Behavior.Failing failing -> fail(device, answer);
            }
        }
    }

    /** Lets what waits try again. */
    void release(MapDevice device) {
        var again = List.copyOf(device.waiting);
        device.waiting.clear();
        again.forEach(answer -> submit(device, answer));
    }

    private void submit(MapDevice device, MultipathTarget target, Consumer<IoResult<Integer>> answer) {
        var chosen = target.choose();
        if (chosen.isEmpty()) {
            if (target.queueIfNoPath) {
                device.waiting.add(answer);
            } else {
                fail(device, answer);
            }
            return;
        }
        var path = chosen.get();
        path.inFlight++;
        kernel.send(path.device, ScsiAnswers::ready, reply -> {
            synchronized (kernel.san.lock) {
                path.inFlight--;
                if (!isGood(reply)) {
                    if (path.active) {
                        path.active = false;
                        path.failCount++;
                        failed.by(device, target, path);
                    }
                    submit(device, answer);
                    return;
                }
            }
            answer.accept(new IoResult.Ok<>(BLOCK));
        });
    }

    private void fail(MapDevice device, Consumer<IoResult<Integer>> answer) {
        IoResult<Integer> error = Errno.EIO.refused("read " + device.name);
        kernel.san.time.after(Duration.ZERO, () -> answer.accept(error));
    }

    private static boolean isGood(ScsiReply reply) {
        return reply.status() == 0 && reply.hostStatus() == 0;
    }
}
