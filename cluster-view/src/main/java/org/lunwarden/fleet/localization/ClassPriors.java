package org.lunwarden.fleet.localization;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/**
 * How likely a component is to be faulty at a moment, before anything is seen: by the word for its class, by how many of
 * the class there are (one fleet has not a hundred faults at once because it has many ports), and by whether it was
 * changed lately.
 */
final class ClassPriors {

    private static final double PORT = 1e-4;
    private static final double BLADE = 7e-5;
    private static final double BOX = 5e-5;
    private static final double UNHEARD = 3e-5;
    private static final double LINK = 2e-5;
    private static final double ARRAY = 1e-5;
    private static final double FABRIC = 5e-6;
    private static final double FIRMWARE = 1e-6;

    /** So many of a class at once are no chance, if each failed as a whole and shows it on so many rows. */
    private static final int MANY = 5;

    private static final int LEAST_FAILED = 3;
    private static final double WHOLE = 0.8;

    private final RiskIndex index;
    private final double[] ofKind;
    private final double[] logOfKind;
    private final Set<ComponentName> changed;
    private final double changedFactor;

    ClassPriors(RiskIndex index, LocalizationSettings settings) {
        this.index = index;
        changed = settings.changed();
        changedFactor = settings.changedFactor();
        var count = new int[index.kinds.length];
        for (var kind : index.kindOf) {
            count[kind]++;
        }
        ofKind = new double[index.kinds.length];
        Arrays.setAll(
                ofKind, kind -> Math.min(of(index.kinds[kind]), settings.faultsOfClass() / Math.max(1, count[kind])));
        logOfKind = Arrays.stream(ofKind).map(Math::log).toArray();
    }

    private ClassPriors(ClassPriors plain, double[] ofKind) {
        index = plain.index;
        changed = plain.changed;
        changedFactor = plain.changedFactor;
        this.ofKind = ofKind;
        logOfKind = Arrays.stream(ofKind).map(Math::log).toArray();
    }

    /** When many of a class fail as a whole at once, something goes on with that class: one more is less of a surprise. */
    ClassPriors given(Observed seen, Collection<Fault> found) {
        if (found.size() < MANY) {
            return this;
        }
        var faulty = new int[ofKind.length];
        for (var fault : found) {
            if (isWhole(fault) && seen.failedThrough(fault.candidate()) >= LEAST_FAILED) {
                // what no row can tell from it may as well be what goes on
                for (var candidate : seen.alike(fault.candidate())) {
                    faulty[index.kindOf[seen.candidates[candidate]]]++;
                }
            }
        }
        if (Arrays.stream(faulty).allMatch(count -> count < MANY)) {
            return this;
        }
        var all = new int[ofKind.length];
        for (var kind : index.kindOf) {
            all[kind]++;
        }
        var raised = ofKind.clone();
        for (var kind = 0; kind < raised.length; kind++) {
            if (faulty[kind] >= MANY) {
                raised[kind] = Math.max(raised[kind], faulty[kind] / (2.0 * all[kind]));
            }
        }
        return new ClassPriors(this, raised);
    }

    static boolean isWhole(Fault fault) {
        return fault.fraction() >= WHOLE;
    }

    /** Natural logarithm. */
    double of(int component) {
        var kind = index.kindOf[component];
        var isChanged = !changed.isEmpty() && changed.contains(index.components[component]);
        return isChanged ? Math.log(Math.min(0.1, ofKind[kind] * changedFactor)) : logOfKind[kind];
    }

    /** Of one component of a class, whatever their number. */
    static double of(String kind) {
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "host" -> 2 * PORT;
            case "hbaport", "initiatorport", "nic", "targetport", "portal" -> PORT;
            case "switchport", "initiatorarea", "blade", "uplink", "npv", "accessgateway" -> BLADE;
            case "switch", "initiatorswitch", "targetswitch", "edgeswitch", "coreswitch", "leaf", "spine" -> BOX;
            case "controller", "enclosure" -> BOX;
            case "isl", "trunk", "subnet", "vlan", "expander" -> LINK;
            case "array", "target", "subsystem" -> ARRAY;
            case "fabric", "sharedrisk", "site", "group" -> FABRIC;
            default -> isFirmware(kind) ? FIRMWARE : UNHEARD;
        };
    }

    /** Shared by what it runs on, wherever that stands. */
    static boolean isFirmware(String kind) {
        var word = kind.toLowerCase(Locale.ROOT);
        return word.contains("firmware") || word.contains("driver") || word.contains("model");
    }

    static boolean isSwitch(String kind) {
        return kind.toLowerCase(Locale.ROOT).endsWith("switch");
    }

    static boolean isFabric(String kind) {
        return kind.toLowerCase(Locale.ROOT).endsWith("fabric");
    }
}
