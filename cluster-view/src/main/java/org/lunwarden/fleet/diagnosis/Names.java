package org.lunwarden.fleet.diagnosis;

import java.util.Map;

import org.lunwarden.model.Component;

/**
 * Names for people: what an id, or the part of it before a slash, is called on site. They appear in words only, never in
 * ids.
 *
 * @param called for example {@code 100050eb1a2b3c4d -> B}
 */
public record Names(Map<String, String> called) {

    public static final Names NONE = new Names(Map.of());

    public Names {
        called = Map.copyOf(called);
    }

    /** A component in words, for example {@code switch 12 of fabric B}. */
    public String of(Component component) {
        var id = component.id();
        var whole = called.get(id);
        var slash = id.lastIndexOf('/');
        return switch (component.kind()) {
            case HOST -> "host " + name(id);
            case HBA_PORT -> "HBA port " + name(id);
            case HBA_FIRMWARE -> "HBA firmware " + name(id);
            case SWITCH ->
                whole != null || slash < 0
                        ? "switch " + name(id)
                        : "switch " + id.substring(slash + 1) + " of fabric " + name(id.substring(0, slash));
            case ISL ->
                whole != null || slash < 0
                        ? "ISL " + name(id)
                        : "ISL " + id.substring(slash + 1) + " of fabric " + name(id.substring(0, slash));
            case SUBNET -> "subnet " + name(id);
            case EXPANDER -> "SAS expander " + name(id);
            case TARGET_PORT -> "target port " + name(id);
            case CONTROLLER ->
                whole != null || slash < 0
                        ? "controller " + name(id)
                        : "controller " + id.substring(slash + 1) + " of array " + name(id.substring(0, slash));
            case ARRAY -> "array " + name(id);
            case FABRIC -> "fabric " + name(id);
            case SHARED_RISK -> "shared risk " + name(id);
            case SITE -> "site " + name(id);
            case GROUP -> "group " + name(id);
        };
    }

    private String name(String id) {
        return called.getOrDefault(id, id);
    }
}
