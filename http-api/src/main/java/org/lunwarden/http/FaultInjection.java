package org.lunwarden.http;

import java.util.List;

import org.lunwarden.model.Component;

/** Breaking and mending parts of a simulated SAN. Only a demonstration has one; it is served under {@code /demo/v1}. */
public interface FaultInjection {

    /** All parts, in the order in which a picture shows them. */
    List<Part> parts();

    /** @return false when there is no such part */
    boolean fail(String id);

    /** @return false when there is no such part */
    boolean restore(String id);

    /**
     * @param id unique among the parts
     * @param component what the fleet calls it
     * @param label for people
     */
    record Part(String id, Component component, String label, boolean failed) {}
}
