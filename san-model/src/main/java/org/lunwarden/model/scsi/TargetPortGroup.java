package org.lunwarden.model.scsi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.lunwarden.model.AluaState;

/**
 * One group of an answer to REPORT TARGET PORT GROUPS (SPC-5 6.36).
 *
 * @param stateCode asymmetric access state, 0 to 15
 * @param relativePorts relative target port identifiers of its ports
 */
public record TargetPortGroup(int id, boolean preferred, int stateCode, List<Integer> relativePorts) {

    public TargetPortGroup {
        relativePorts = List.copyOf(relativePorts);
    }

    /** Empty for a reserved code. */
    public Optional<AluaState> state() {
        return Arrays.stream(AluaState.values())
                .filter(state -> state.code() == stateCode)
                .findFirst();
    }
}
