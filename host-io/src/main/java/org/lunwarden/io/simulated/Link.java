package org.lunwarden.io.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.lunwarden.io.simulated.Hardware.TargetPort;

/** One I_T nexus as the kernel's transport class keeps it: up, blocked for a while, then failed. */
final class Link {

    enum State {
        UP,
        /** I/O waits for the link to return. */
        BLOCKED,
        /** {@code fast_io_fail_tmo} has passed: I/O fails at once. */
        FAILED,
        /** {@code dev_loss_tmo} has passed: the devices are gone. */
        LOST
    }

    final HbaPort initiator;
    final TargetPort target;
    /** SCSI target number on the initiator's host. */
    final int number;

    State state = State.UP;
    /** Tells one outage from later ones. */
    long outage;
    /** What is to be tried again when the state changes. */
    final List<Runnable> waiting = new ArrayList<>();

    Link(HbaPort initiator, TargetPort target, int number) {
        this.initiator = initiator;
        this.target = target;
        this.number = number;
    }

    /** The parts that commands cross now; empty when they do not get through. */
    Optional<List<Health>> crossed(Health host) {
        var ends = List.of(
                host, initiator.health, target.health, target.controller.health, target.controller.array.health);
        if (!ends.stream().allMatch(Health::isUp)) {
            return Optional.empty();
        }
        return initiator
                .fabric
                .route(initiator.domain, target.domain)
                .map(way -> Stream.concat(ends.stream(), way.stream()).toList());
    }
}
