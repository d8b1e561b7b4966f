package org.lunwarden.fleet.cleanup;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

import org.lunwarden.fleet.cleanup.ViewWord.Says;

/**
 * Whether a map that looks dead is stale, so that it may be taken away. All must agree on that: the array, which has no such
 * unit any more by the word of each path that is left; the host, where nobody uses the map; and every view, to whom nothing
 * that fails explains it. In any doubt it is not. Taking it away is left to others.
 *
 * @param why in a sentence
 * @param incidents open ones that may have taken its paths
 */
public record Cleanup(Verdict verdict, String why, List<String> incidents) {

    public enum Verdict {
        STALE("stale"),
        /** A path works, or somebody has it open. */
        IN_USE("inUse"),
        INCIDENT("incident"),
        UNKNOWN("unknown"),
        NO_MAP("noMap");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        @JsonValue
        public String word() {
            return word;
        }
    }

    public Cleanup {
        incidents = List.copyOf(incidents);
    }

    /**
     * @param host empty when the host half did not answer
     * @param views what every view that the host knows says; empty when one of them did not answer, or there is none
     */
    public static Cleanup of(Optional<LocalWord> host, Optional<List<ViewWord>> views) {
        if (host.isEmpty()) {
            return of(Verdict.UNKNOWN, "the host does not tell how the map is");
        }
        var local = host.get();
        if (!local.found()) {
            return of(Verdict.NO_MAP, "this host has no such map");
        }
        if (local.usablePaths() > 0) {
            return of(Verdict.IN_USE, local.usablePaths() + " of its paths can carry I/O");
        }
        if (local.users() > 0) {
            return of(Verdict.IN_USE, "it is open, or something stands on it (" + local.users() + ")");
        }
        if (views.isEmpty() || views.get().isEmpty()) {
            return of(Verdict.UNKNOWN, "not every view of the fleet answers: it may be part of an incident");
        }
        return judged(local, views.get());
    }

    private static Cleanup judged(LocalWord local, List<ViewWord> views) {
        var incidents = views.stream()
                .filter(view -> view.says() == Says.INCIDENT)
                .flatMap(view -> view.incidents().stream())
                .distinct()
                .sorted()
                .toList();
        if (!incidents.isEmpty()) {
            return new Cleanup(
                    Verdict.INCIDENT,
                    "this host is part of an open incident, which may have taken its paths",
                    incidents);
        }
        var doubt = views.stream().filter(view -> view.says() == Says.UNKNOWN).findFirst();
        if (doubt.isPresent()) {
            return of(Verdict.UNKNOWN, doubt.get().why());
        }
        if (local.paths() == 0) {
            return of(Verdict.UNKNOWN, "it has no path left through which the array could be asked");
        }
        if (local.absent() < local.paths()) {
            return of(
                    Verdict.UNKNOWN,
                    "of its " + local.paths() + " paths, only " + local.absent()
                            + " are answered that the array has no such unit");
        }
        return of(
                Verdict.STALE,
                "the array gives this host no such unit any more by the word of all its paths, and nobody uses it");
    }

    private static Cleanup of(Verdict verdict, String why) {
        return new Cleanup(verdict, why, List.of());
    }

    public boolean isSafe() {
        return verdict == Verdict.STALE;
    }
}
