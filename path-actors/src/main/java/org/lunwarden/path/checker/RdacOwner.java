package org.lunwarden.path.checker;

import java.util.concurrent.CompletionStage;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.model.PathState;
import org.lunwarden.model.scsi.VolumeAccessPage;
import org.lunwarden.model.scsi.VolumeAccessPage.Access;
import org.lunwarden.path.exchange.Deadline;

/**
 * The checker {@code rdac}: which controller owns the volume.
 *
 * <pre>
 * no such page                                             wild
 * no disk is connected                                     down
 * access state of this controller: unavailable             down
 *                                  in transition, alone    down
 * owned, or I/O is shipped to the owner                    up
 * any other                                                ghost
 * </pre>
 */
final class RdacOwner {

    private RdacOwner() {}

    static CompletionStage<Verdict> ask(DeviceProbe probe, Deadline deadline) {
        return Page.judge(
                probe,
                VolumeAccessPage.CODE,
                deadline,
                VolumeAccessPage::parse,
                (page, answer) -> verdict(page, answer).done());
    }

    static Verdict verdict(VolumeAccessPage page, Answer<?> answer) {
        if (!page.connected()) {
            return new Verdict(PathState.DOWN, answer, "lun not connected");
        }
        return page.access()
                .filter(RdacOwner::isAway)
                .map(access -> new Verdict(PathState.DOWN, answer, reason(access)))
                .orElseGet(() -> page.owned() || page.shipsIo()
                        ? new Verdict(PathState.UP, answer, "ctlr serves the volume")
                        : new Verdict(PathState.GHOST, answer, "ctlr does not own the volume"));
    }

    /** While both controllers are in transition the volume moves, and its owner goes on. */
    private static boolean isAway(Access access) {
        return access.state() == Access.UNAVAILABLE
                || (access.state() == Access.TRANSITIONING && access.otherState() != Access.TRANSITIONING);
    }

    /** The array says why a controller is unavailable; one that is in transition alone is starting, whatever it says. */
    private static String reason(Access access) {
        if (access.state() == Access.TRANSITIONING) {
            return "ctlr is in startup sequence";
        }
        return switch (access.reason()) {
            case 2 -> "non-responsive to queries";
            case 3 -> "ctlr held in reset";
            case 4, 5 -> "ctlr firmware downloading";
            case 6 -> "ctlr quiesced by admin request";
            case 7 -> "ctlr is in service mode";
            default -> "ctlr is unavailable (reason " + access.reason() + ")";
        };
    }
}
