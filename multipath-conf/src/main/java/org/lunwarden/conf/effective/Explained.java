package org.lunwarden.conf.effective;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.Origin;
import org.lunwarden.conf.value.Setting;

/**
 * What one keyword comes to, and why.
 *
 * @param holds nothing where neither a file nor a built-in default says anything
 * @param overridden what would hold otherwise, in that order
 */
public record Explained<T>(Keyword<T> keyword, Optional<Found<T>> holds, List<Found<T>> overridden) {

    public Explained {
        overridden = List.copyOf(overridden);
    }

    /** A setting in the part of the configuration where it was found. */
    public record Found<T>(Layer layer, Setting<T> setting) {

        @Override
        public String toString() {
            var value = setting.keyword().type().write(setting.value());
            return setting.origin() instanceof Origin.BuiltIn
                    ? value + " (built in)"
                    : value + " (" + layer + ", " + setting.origin() + ")";
        }
    }

    public Optional<T> value() {
        return holds.map(found -> found.setting().value());
    }

    /** For example {@code failback "manual" (overrides, m.conf:3:2) instead of 30 (defaults, m.conf:9:2)}. */
    @Override
    public String toString() {
        var instead = overridden.isEmpty()
                ? ""
                : overridden.stream().map(Found::toString).collect(Collectors.joining(", ", " instead of ", ""));
        return keyword + " " + holds.map(Found::toString).orElse("is not set") + instead;
    }
}
