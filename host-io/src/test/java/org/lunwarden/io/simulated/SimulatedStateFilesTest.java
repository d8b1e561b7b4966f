package org.lunwarden.io.simulated;

import org.lunwarden.io.StateFiles;
import org.lunwarden.io.contract.StateFilesContract;

final class SimulatedStateFilesTest extends StateFilesContract {

    @Override
    protected StateFiles open() {
        return new SimulatedStateFiles();
    }
}
