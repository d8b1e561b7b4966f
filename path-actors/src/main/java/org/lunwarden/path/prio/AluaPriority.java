package org.lunwarden.path.prio;

import org.lunwarden.model.AluaState;
import org.lunwarden.model.map.Priority;

/** What an asymmetric access state is worth. */
final class AluaPriority {

    private static final int PREFERRED = 80;

    private AluaPriority() {}

    /**
     * @param preferred the array's preferred bit: worth 80 more, but on an optimized path only with {@code exclusive}
     * @param exclusive the argument {@code exclusive_pref_bit}: a preferred path is a group of its own
     */
    static Priority of(AluaState state, boolean preferred, boolean exclusive) {
        var bonus = preferred && (exclusive || state != AluaState.OPTIMIZED) ? PREFERRED : 0;
        return new Priority(worth(state) + bonus);
    }

    private static int worth(AluaState state) {
        return switch (state) {
            case OPTIMIZED -> 50;
            case NON_OPTIMIZED -> 10;
            case LBA_DEPENDENT -> 5;
            case STANDBY -> 1;
            case UNAVAILABLE, OFFLINE, TRANSITIONING -> 0;
        };
    }
}
