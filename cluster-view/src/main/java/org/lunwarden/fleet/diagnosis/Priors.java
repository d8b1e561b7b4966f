package org.lunwarden.fleet.diagnosis;

import org.lunwarden.model.ComponentClass;

/** How likely a component of a class is to be faulty at a moment, before anything is seen. */
final class Priors {

    private Priors() {}

    /** Natural logarithm. Ports fail more often than boxes, boxes more often than whole fabrics. */
    static double of(ComponentClass kind) {
        return switch (kind) {
            case HOST -> Math.log(2e-4);
            case HBA_PORT, TARGET_PORT -> Math.log(1e-4);
            case SWITCH, CONTROLLER -> Math.log(5e-5);
            case ISL, SUBNET, EXPANDER -> Math.log(2e-5);
            case ARRAY -> Math.log(1e-5);
            case FABRIC -> Math.log(5e-6);
            case HBA_FIRMWARE -> Math.log(1e-6);
        };
    }
}
