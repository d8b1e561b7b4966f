package org.lunwarden.node.report;

import org.lunwarden.model.map.PathReport;

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
        return switch (report.state()) {
            case UP, GHOST -> UP;
            case DOWN, TIMEOUT, REMOVED, DISCONNECTED -> FAILED;
            case SHAKY, DELAYED -> MARGINAL;
            case WILD, UNCHECKED, PENDING -> UNKNOWN;
        };
    }
}
