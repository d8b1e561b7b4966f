package org.lunwarden.fleet.sanloc;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.lunwarden.fleet.localization.ComponentName;
import org.lunwarden.fleet.localization.Event;
import org.lunwarden.fleet.localization.RowReading;
import org.lunwarden.model.fleet.NexusState;

/** What goes on beside the faults of a trial, or how these take their course; gives what is known of it. */
enum Beside {
    NOTHING,
    /** Each fault comes and goes; every host sees it as it was when it last looked. */
    FLAPPING,
    /** Some rows of the fabric log in again, later than the fault began, and are not back yet. */
    CASCADE,
    /** Operators took rows down, anywhere. */
    ADMIN,
    /** An array is worked on and down; that is known. */
    MAINTENANCE,
    /** Hosts reboot; that is known. */
    REBOOT;

    private static final long SECOND = 1_000;

    /** Hosts look at a row this often, at most. */
    private static final long POLL = 20 * SECOND;

    private static final int TRIES = 50;
    private static final int LEAST_DOWN = 2;
    private static final double LATE_LOGINS = 0.03;
    private static final double TAKEN_DOWN = 0.1;
    private static final int ONE_HOST_IN = 20;

    List<Event> on(Trial trial, SplittableRandom random) {
        return switch (this) {
            case NOTHING -> List.of();
            case FLAPPING -> {
                trial.broken.forEach(one -> flap(trial, one.component(), random));
                yield List.of();
            }
            case CASCADE -> {
                trial.broken.forEach(one -> logInAgain(trial, one.component(), random));
                yield List.of();
            }
            case ADMIN -> {
                for (var row = 0; row < trial.san.rows.size(); row++) {
                    if (random.nextDouble() < TAKEN_DOWN) {
                        set(trial, row, NexusState.ADMIN, Trial.ONSET - 3_600 * SECOND);
                        trial.known.clear(row);
                    }
                }
                yield List.of();
            }
            case MAINTENANCE -> maintain(trial, random);
            case REBOOT -> reboot(trial, random);
        };
    }

    private static void flap(Trial trial, ComponentName component, SplittableRandom random) {
        var period = 2 * SECOND + random.nextInt(118_000);
        var down = Math.round(period * (0.3 + 0.6 * random.nextDouble()));
        var rows = through(trial, component);
        // that a moment at which nobody saw it down shows nothing is no matter of finding it
        for (var tries = 0; tries < TRIES; tries++) {
            var phase = random.nextLong(period);
            var seenDown = 0;
            for (var row : rows) {
                var looked = Trial.NOW - random.nextLong(POLL);
                var since = (looked - Trial.ONSET + phase) % period;
                var isDown = since < down;
                seenDown += isDown ? 1 : 0;
                set(trial, row, isDown ? NexusState.DOWN : NexusState.UP, looked - (isDown ? since : since - down));
            }
            if (seenDown >= LEAST_DOWN) {
                return;
            }
        }
    }

    private static void logInAgain(Trial trial, ComponentName component, SplittableRandom random) {
        var mine = through(trial, component);
        var net = trial.san.rows.get(mine[0]).components().stream()
                .filter(one -> one.kind().equals("fabric") || one.kind().equals("subnet"))
                .findFirst();
        if (net.isPresent()) {
            var own = Faults.bits(mine);
            for (var row : through(trial, net.get())) {
                if (!own.get(row) && random.nextDouble() < LATE_LOGINS) {
                    set(trial, row, NexusState.DOWN, Trial.ONSET + 15 * SECOND + random.nextInt(15_000));
                }
            }
        }
    }

    private static List<Event> maintain(Trial trial, SplittableRandom random) {
        var arrays = trial.san.classes.getOrDefault("array", List.of());
        var array = arrays.get(random.nextInt(arrays.size()));
        for (var row : through(trial, array)) {
            set(trial, row, NexusState.DOWN, Trial.ONSET - 600 * SECOND);
            trial.known.clear(row);
        }
        return List.of(new Event.Maintained(array, Trial.ONSET - 900 * SECOND, Trial.ONSET + 900 * SECOND));
    }

    private static List<Event> reboot(Trial trial, SplittableRandom random) {
        var events = new ArrayList<Event>();
        for (var host : trial.san.classes.getOrDefault("host", List.of())) {
            if (random.nextInt(ONE_HOST_IN) == 0) {
                var began = Trial.ONSET - random.nextInt(300) * SECOND;
                for (var row : through(trial, host)) {
                    set(trial, row, NexusState.DOWN, began + random.nextInt(30_000));
                    trial.known.clear(row);
                }
                events.add(new Event.Rebooted(host.id(), began));
            }
        }
        return events;
    }

    private static int[] through(Trial trial, ComponentName component) {
        return trial.san.through.getOrDefault(component, new int[0]);
    }

    private static void set(Trial trial, int row, NexusState state, long since) {
        trial.index.set(row, new RowReading(state, state == NexusState.DOWN ? 1 : 0, since, Trial.NOW));
    }
}
