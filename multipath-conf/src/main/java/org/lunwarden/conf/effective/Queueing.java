package org.lunwarden.conf.effective;

import java.util.List;
import java.util.Optional;

import org.lunwarden.conf.value.MapKeywords;
import org.lunwarden.model.settings.NoPathRetry;

/**
 * What becomes of I/O without a path, and the features that are left when those with a keyword of their own are taken out.
 *
 * @param noPathRetry as {@code no_path_retry} says, or else as the feature {@code queue_if_no_path} does
 * @param retainHandler the hardware handler that is attached is kept
 */
public record Queueing(Optional<NoPathRetry> noPathRetry, boolean retainHandler, List<String> features) {

    private static final String QUEUE = "queue_if_no_path";
    private static final String RETAIN = "retain_attached_hw_handler";

    public Queueing {
        features = List.copyOf(features);
    }

    public static Queueing of(Precedence precedence) {
        var words = precedence.built(MapKeywords.FEATURES);
        Optional<NoPathRetry> queue = words.contains(QUEUE) ? Optional.of(new NoPathRetry.Queue()) : Optional.empty();
        return new Queueing(
                precedence.value(MapKeywords.NO_PATH_RETRY).or(() -> queue),
                precedence.built(MapKeywords.RETAIN_ATTACHED_HW_HANDLER) || words.contains(RETAIN),
                words.stream()
                        .filter(word -> !word.equals(QUEUE) && !word.equals(RETAIN))
                        .toList());
    }
}
