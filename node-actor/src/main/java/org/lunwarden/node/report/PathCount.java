package org.lunwarden.node.report;

import org.lunwarden.model.PathState;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.UnitProof;

/** Where a path is counted. */
enum PathCount {
    UP,
    FAILED,
    MARGINAL,
    ADMIN,
    UNKNOWN;

    static PathCount of(PathReport report) {
        if (report.adminFailed()) {
            return ADMIN;
        }
        if (report.unit() == UnitProof.ANOTHER) {
            return FAILED;
        }
        return switch (report.state()) {
            case UP, GHOST -> UP;
            case DOWN, TIMEOUT, REMOVED, DISCONNECTED -> FAILED;
            case SHAKY, DELAYED -> MARGINAL;
            case WILD, UNCHECKED, PENDING -> UNKNOWN;
        };
    }

    /** Whether it stays counted where it was until its check is over: its unit is not in question, or not for long. */
    static boolean mayYetTell(PathReport report) {
        return report.state() == PathState.PENDING
                && !report.adminFailed()
                && (report.unit() == UnitProof.OPEN || report.unit() == UnitProof.PROVEN);
    }
}
