package org.lunwarden.io.simulated;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.io.simulated.Hardware.Lun;

/** What is wrong with the parts of a SAN, and what follows from it. Used under the SAN's lock, but for {@link #parts}. */
final class Outages {

    private final SimulatedSan san;
    private final Map<Part, Health> parts = new LinkedHashMap<>();

    Outages(SimulatedSan san) {
        this.san = san;
    }

    /** All that can fail; nothing is added once the SAN is laid out. */
    List<Part> parts() {
        return List.copyOf(parts.keySet());
    }

    Optional<Fault> fault(Part part) {
        return health(part).fault();
    }

    void set(Part part, Optional<Fault> fault) {
        synchronized (san.lock) {
            var health = health(part);
            var number = health.set(fault);
            san.happened(
                    "",
                    part.label() + " (" + part.id() + "): "
                            + fault.map(Object::toString).orElse("restored"));
            if (fault.orElse(null) instanceof Fault.Flapping flapping) {
                turnOver(health, flapping, number, true);
            }
            reassess();
        }
    }

    private void turnOver(Health health, Fault.Flapping flapping, long number, boolean down) {
        var duty = down ? flapping.duty() : 1 - flapping.duty();
        san.time.after(Duration.ofNanos((long) (flapping.period().toNanos() * duty)), () -> {
            synchronized (san.lock) {
                if (health.flap(number)) {
                    san.happened("", health.part.label() + (health.isUp() ? " is up" : " is down"));
                    reassess();
                    turnOver(health, flapping, number, !down);
                }
            }
        });
    }

    /** Lets everything that depends on the state of the parts follow it. */
    private void reassess() {
        san.fabrics.values().forEach(Fabric::reroute);
        for (var array : san.arrays) {
            for (var lun : array.luns) {
                var wanted = ownerOf(lun);
                if (wanted != lun.owner) {
                    san.time.after(Duration.ofSeconds(1), () -> handOver(lun));
                }
            }
        }
        san.kernels().forEach(SimulatedKernel::reassess);
    }

    private void handOver(Lun lun) {
        synchronized (san.lock) {
            var wanted = ownerOf(lun);
            if (wanted != lun.owner) {
                lun.owner = wanted;
                san.happened("", lun.health.part.label() + " is optimized at " + wanted.health.part.label());
                san.kernels().forEach(kernel -> kernel.attention(lun, ScsiAnswers.UNIT_ATTENTION_ALUA));
            }
        }
    }

    /** An array serves a LUN by its preferred controller when it can. */
    private static Hardware.Controller ownerOf(Lun lun) {
        if (lun.preferred.isUp()) {
            return lun.preferred;
        }
        return lun.array.controllers.stream()
                .filter(Hardware.Controller::isUp)
                .findFirst()
                .orElse(lun.owner);
    }

    void add(Collection<Health> healths) {
        healths.forEach(health -> parts.put(health.part, health));
    }

    private Health health(Part part) {
        var health = parts.get(part);
        if (health == null) {
            throw new IllegalArgumentException("no such part: " + part);
        }
        return health;
    }
}
