package org.lunwarden.path.checker;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.model.PathState;

/**
 * What one check came to.
 *
 * @param observed as the checker sees it, {@code REMOVED} and {@code DISCONNECTED} included
 * @param sysfs what the kernel's word alone says
 * @param live empty when sysfs could not be read
 * @param late ends when a probe that passed its deadline is answered after all; empty when all was answered
 * @param why for the log
 */
public record Finding(
        PathState observed, PathState sysfs, Optional<Live> live, Optional<CompletionStage<?>> late, String why) {

    static Finding of(PathState observed, PathState sysfs, Optional<Live> live, Answer<?> answer, String why) {
        Optional<CompletionStage<?>> late =
                answer instanceof Answer.TimedOut<?> timedOut ? Optional.of(timedOut.late()) : Optional.empty();
        return new Finding(observed, sysfs, live, late, why);
    }
}
