package org.lunwarden.fleet;

import java.util.Arrays;
import java.util.Optional;

/** What a member does in the fleet. One member may do both. */
public enum FleetRole {
    /** Shares what its host sees, and carries out what the fleet asks of the host. */
    HOST("host"),
    /** Holds the state of the whole fleet; the views decide together who is still a member. */
    VIEW("view");

    private final String word;

    FleetRole(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<FleetRole> parse(String word) {
        return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
    }
}
