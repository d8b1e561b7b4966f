package org.lunwarden.fleet.diagnosis;

import java.util.List;
import java.util.stream.Stream;

import org.lunwarden.model.Component;

/**
 * A component that may be the cause.
 *
 * @param component of a port that has no name of its own, the id is {@code host/port}
 * @param equivalent components that exactly the same known nexuses cross, most likely first: no data can tell them
 *     apart
 * @param hidden components that other nexuses cross too, but only such as another cause took down as well, most likely
 *     first: beside that cause they explain all as well as this one does, and may turn out not to once it is over
 * @param fraction fitted share of the traffic through it that fails, above 0 and at most 1
 * @param confidence from 0 to 1 that the cause is this component or one of its equivalents
 */
public record Suspect(
        Component component,
        List<Component> equivalent,
        List<Component> hidden,
        double fraction,
        double confidence,
        Evidence evidence) {

    public Suspect {
        equivalent = List.copyOf(equivalent);
        hidden = List.copyOf(hidden);
    }

    /** All that explain the same at this moment: the equivalents, then the hidden ones. */
    public List<Component> alternatives() {
        return Stream.concat(equivalent.stream(), hidden.stream()).toList();
    }

    /** The component, then its equivalents: what stays one cause whatever else fails or comes back. */
    public List<Component> components() {
        return Stream.concat(Stream.of(component), equivalent.stream()).toList();
    }
}
