package org.lunwarden.path;

import java.util.List;

import org.lunwarden.model.PathState;
import org.lunwarden.path.marginal.Marginality;

/** What an observation of a path means for whether it can be relied on. Pure. */
final class MarginalEvents {

    private MarginalEvents() {}

    /** @param found what the path was before */
    static List<Marginality.Event> of(PathLife.Observation observation, PathState found) {
        return switch (observation) {
            case PathLife.Checked(var observed) -> of(observed, found);
            case PathLife.Overdue(var observed) -> of(observed, found);
            case PathLife.Held(var observed) -> of(observed, found);
            case PathLife.FailedByKernel() -> List.of(new Marginality.Failed(found.isUsable()));
            case PathLife.AnsweredLate() -> List.of();
            case PathLife.Doubted() -> List.of();
            case PathLife.Denied() -> List.of();
            case PathLife.FailedByAdmin() -> List.of();
            case PathLife.ReinstatedByAdmin() -> List.of();
        };
    }

    private static List<Marginality.Event> of(PathState observed, PathState found) {
        return switch (observed) {
            case UP, GHOST -> List.of(new Marginality.Good());
            case DOWN, SHAKY, TIMEOUT, REMOVED, DISCONNECTED -> List.of(new Marginality.Failed(found.isUsable()));
            case WILD, UNCHECKED, PENDING, DELAYED -> List.of();
        };
    }
}
