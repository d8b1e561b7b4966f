package org.lunwarden.model;

import java.util.Arrays;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The kinds of things that can take nexuses down together. A class says nothing about where a component stands in a
 * nexus: a switch is one component, whether hosts or arrays are plugged into it.
 */
public enum ComponentClass {
    /** The host itself. */
    HOST("host", Reach.ONE_HOST),
    /** An initiator port: an FC or SAS port, or the network interface of an iSCSI session. */
    HBA_PORT("hbaPort", Reach.ONE_HOST),
    /** Adapter model, driver and firmware, shared by all hosts that run them. */
    HBA_FIRMWARE("hbaFirmware", Reach.FLEET),
    /** A switch: FC fabric and domain, or an Ethernet switch. */
    SWITCH("switch", Reach.FLEET),
    /** The links between two switches, the lower domain first: {@code A/1-2}. */
    ISL("isl", Reach.FLEET),
    /** A network that iSCSI sessions cross: subnet or VLAN. */
    SUBNET("subnet", Reach.FLEET),
    /** A SAS expander. */
    EXPANDER("expander", Reach.FLEET),
    /** A target port, or an iSCSI portal. */
    TARGET_PORT("targetPort", Reach.FLEET),
    /** A controller: the target port group of an array. */
    CONTROLLER("controller", Reach.FLEET),
    ARRAY("array", Reach.FLEET),
    /** A whole fabric: all that is joined by switches. */
    FABRIC("fabric", Reach.FLEET),
    /** A risk that components share and no host sees, for example a power feed or a patch panel: said by a site file. */
    SHARED_RISK("sharedRisk", Reach.FLEET),
    /** A place, said by a site file; never a cause. */
    SITE("site", Reach.FLEET),
    /** What is maintained together, said by a site file; never a cause. */
    GROUP("group", Reach.FLEET);

    /** Whose nexuses can cross one component. */
    public enum Reach {
        ONE_HOST,
        FLEET
    }

    private final String word;
    private final Reach reach;

    ComponentClass(String word, Reach reach) {
        this.word = word;
        this.reach = reach;
    }

    /** The name in JSON and on the command line, for example {@code targetPort}. */
    @JsonValue
    public String word() {
        return word;
    }

    public Reach reach() {
        return reach;
    }

    public static Optional<ComponentClass> parse(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
