package org.lunwarden.path.checker;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.model.PathState;
import org.lunwarden.model.settings.CheckerKind;

/**
 * What one check came to.
 *
 * @param observed as the checker sees it, {@code REMOVED} and {@code DISCONNECTED} included
 * @param sysfs what the kernel's word alone says
 * @param live empty when sysfs could not be read
 * @param late ends when a probe that passed its deadline is answered after all; empty when all was answered
 * @param by the checker that was asked; empty when the kernel's word was all
 * @param why for the log
 */
public record Finding(
        PathState observed,
        PathState sysfs,
        Optional<Live> live,
        Optional<CompletionStage<?>> late,
        Identity identity,
        Optional<Asked> by,
        String why) {

    /** @param detected the device asked for it, and not the settings */
    public record Asked(CheckerKind kind, boolean detected) {}

    /** Found without a command to the device. */
    static Finding ofSysfs(PathState sysfs, Optional<Live> live, String why) {
        return new Finding(sysfs, sysfs, live, Optional.empty(), new Identity.Unasked(), Optional.empty(), why);
    }

    static Finding of(PathState observed, PathState sysfs, Optional<Live> live, Answer<?> answer, String why) {
        Optional<CompletionStage<?>> late =
                answer instanceof Answer.TimedOut<?> timedOut ? Optional.of(timedOut.late()) : Optional.empty();
        return new Finding(observed, sysfs, live, late, new Identity.Unasked(), Optional.empty(), why);
    }

    Finding by(Asked checker) {
        return new Finding(observed, sysfs, live, late, identity, Optional.of(checker), why);
    }

    /** The same look at the path, of which a further question found this. */
    Finding rather(PathState found, Answer<?> answer, String reason) {
        var asked = of(found, sysfs, live, answer, reason);
        return by.map(asked::by).orElse(asked);
    }

    Finding rather(PathState found, String reason) {
        return new Finding(found, sysfs, live, late, identity, by, reason);
    }

    /** @param itself it called itself so; else its page in sysfs did */
    public Finding ofAnother(String unit, boolean itself, String reason) {
        return new Finding(PathState.DOWN, sysfs, live, late, new Identity.Another(unit, itself), by, reason);
    }

    /** Whether nothing that was found keeps the kernel from using the path. */
    public boolean mayBeUsed() {
        return switch (observed) {
            case UP, GHOST, PENDING, WILD, UNCHECKED -> true;
            case DOWN, SHAKY, TIMEOUT, REMOVED, DELAYED, DISCONNECTED -> false;
        };
    }

    /** It answers, and may yet prove what it is. */
    Finding unproven(String reason) {
        return new Finding(PathState.PENDING, sysfs, live, late, new Identity.Unproven(reason), by, reason);
    }

    Finding confirmed() {
        return new Finding(observed, sysfs, live, late, new Identity.Confirmed(), by, why);
    }

    Finding vouched(String reason) {
        return new Finding(observed, sysfs, live, late, new Identity.Vouched(reason), by, why);
    }
}
