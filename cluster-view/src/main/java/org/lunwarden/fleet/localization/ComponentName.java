package org.lunwarden.fleet.localization;

import java.util.Comparator;

/**
 * What can fail, by name.
 *
 * @param kind its class, for example {@code initiatorSwitch}; any word will do
 * @param id unique within the class
 */
public record ComponentName(String kind, String id) implements Comparable<ComponentName> {

    private static final Comparator<ComponentName> ORDER =
            Comparator.comparing(ComponentName::kind).thenComparing(ComponentName::id);

    @Override
    public int compareTo(ComponentName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind + " " + id;
    }
}
