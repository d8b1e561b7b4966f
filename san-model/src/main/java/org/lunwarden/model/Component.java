package org.lunwarden.model;

import java.util.Comparator;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One thing that can fail. The id is the same on every host and across restarts: it is made of names that the
 * hardware carries (WWPN, domain within fabric, target port group within array), never of a host's own numbering.
 */
public record Component(@JsonProperty("class") ComponentClass kind, String id) implements Comparable<Component> {

    private static final Comparator<Component> ORDER =
            Comparator.comparing(Component::kind).thenComparing(Component::id);

    @Override
    public int compareTo(Component other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.word() + " " + id;
    }
}
