package org.lunwarden.io.simulated;

import java.time.Duration;
import java.util.Optional;

/** A part and what is wrong with it now. */
final class Health {

    final Part part;
    private Optional<Fault> fault = Optional.empty();
    private boolean flappedDown;
    private long faults;

    Health(Part.Kind kind, String id, String label) {
        part = new Part(kind, id, label);
    }

    Optional<Fault> fault() {
        return fault;
    }

    /** Takes the place of what was wrong before; the number given tells this fault from later ones. */
    long set(Optional<Fault> newFault) {
        fault = newFault;
        flappedDown = newFault.filter(Fault.Flapping.class::isInstance).isPresent();
        return ++faults;
    }

    /** Turns a flapping part over, if the fault of that number still holds. */
    boolean flap(long number) {
        if (number != faults) {
            return false;
        }
        flappedDown = !flappedDown;
        return true;
    }

    boolean isUp() {
        return !flappedDown && fault.filter(Fault.Down.class::isInstance).isEmpty() && !isUnmapped();
    }

    boolean isUnmapped() {
        return fault.filter(Fault.Unmapped.class::isInstance).isPresent();
    }

    Duration latency() {
        return fault.orElse(null) instanceof Fault.Slow(var latency) ? latency : Duration.ZERO;
    }

    double passed() {
        return fault.orElse(null) instanceof Fault.Lossy(var fraction) ? 1 - fraction : 1;
    }
}
