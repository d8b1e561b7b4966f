package org.lunwarden.io.simulated;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/**
 * One thing in a simulated SAN that can fail.
 *
 * @param id made of names that the hardware carries, as {@link Component} ids are; unique within its kind
 * @param label for people
 */
public record Part(Kind kind, String id, String label) {

    /** What a part is. */
    public enum Kind {
        HOST(ComponentClass.HOST),
        HBA_PORT(ComponentClass.HBA_PORT),
        FABRIC(ComponentClass.FABRIC),
        /** An IP network that iSCSI sessions cross. */
        SUBNET(ComponentClass.SUBNET),
        SWITCH(ComponentClass.SWITCH),
        ISL(ComponentClass.ISL),
        TARGET_PORT(ComponentClass.TARGET_PORT),
        CONTROLLER(ComponentClass.CONTROLLER),
        ARRAY(ComponentClass.ARRAY),
        LUN(null);

        private final @Nullable ComponentClass component;

        Kind(@Nullable ComponentClass component) {
            this.component = component;
        }
    }

    /** The component that hosts report for this part; none for a LUN. */
    public Optional<Component> component() {
        return Optional.ofNullable(kind.component).map(component -> new Component(component, id));
    }
}
