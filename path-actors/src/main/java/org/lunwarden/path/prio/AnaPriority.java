package org.lunwarden.path.prio;

import org.lunwarden.model.AnaState;
import org.lunwarden.model.map.Priority;

/** What an asymmetric namespace access state is worth. */
final class AnaPriority {

    private AnaPriority() {}

    static Priority of(AnaState state) {
        return new Priority(
                switch (state) {
                    case OPTIMIZED -> 50;
                    case NON_OPTIMIZED -> 10;
                    case INACCESSIBLE, CHANGE -> 1;
                    case PERSISTENT_LOSS -> 0;
                });
    }
}
