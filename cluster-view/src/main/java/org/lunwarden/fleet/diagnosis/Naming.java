package org.lunwarden.fleet.diagnosis;

import java.util.Comparator;
import java.util.List;

import org.lunwarden.model.ComponentClass;

/** Who may be named, and who first among those that no data can tell apart. */
final class Naming {

    private final RiskModel model;

    Naming(RiskModel model) {
        this.model = model;
    }

    /** Candidates that are alike: first the one to name, then by how likely each is on its own. */
    List<Integer> ranked(List<Integer> alike) {
        return alike.stream()
                .sorted(Comparator.comparing(
                                (Integer candidate) -> !doubt(candidate).isEmpty())
                        .thenComparing(candidate -> !isFabricOfManySwitches(candidate))
                        .thenComparingDouble(candidate -> -Priors.of(kind(candidate)))
                        .thenComparing(candidate -> model.candidates[candidate]))
                .toList();
    }

    /** All nexuses of all its switches failed: that is the fabric, and no single switch of it. */
    private boolean isFabricOfManySwitches(int candidate) {
        return kind(candidate) == ComponentClass.FABRIC && model.variety(candidate, ComponentClass.SWITCH) > 1;
    }

    /** Why a candidate must not be named, in words; empty when it may be. */
    String doubt(int candidate) {
        var kind = kind(candidate);
        if (kind.reach() == ComponentClass.Reach.ONE_HOST) {
            return "";
        }
        var seen = model.failedHosts[candidate];
        if (seen < 2) {
            return "seen from one host only";
        }
        var needed = Math.min(hostsFor(kind), Math.max(2, model.hosts[candidate]));
        if (seen < needed) {
            return "seen from " + seen + " hosts, " + needed + " are needed to name a " + kind.word();
        }
        return kind == ComponentClass.HBA_FIRMWARE && !isSeenOnTwoSides(candidate)
                ? "all failures are on one switch and one fabric"
                : "";
    }

    private boolean isSeenOnTwoSides(int candidate) {
        return model.variety(candidate, ComponentClass.FABRIC) > 1
                || model.variety(candidate, ComponentClass.SWITCH) > 1
                || model.variety(candidate, ComponentClass.SUBNET) > 1;
    }

    private static int hostsFor(ComponentClass kind) {
        return switch (kind) {
            case HOST, HBA_PORT -> 1;
            case SWITCH, FABRIC, HBA_FIRMWARE -> 3;
            case ISL, SUBNET, EXPANDER, TARGET_PORT, CONTROLLER, ARRAY -> 2;
        };
    }

    private ComponentClass kind(int candidate) {
        return model.candidates[candidate].kind();
    }
}
