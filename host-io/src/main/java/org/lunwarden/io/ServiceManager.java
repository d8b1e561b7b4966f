package org.lunwarden.io;

import org.lunwarden.model.settings.Ending;

/** Who starts and stops the host's services. */
public interface ServiceManager {

    /** Where there is none. */
    ServiceManager NONE = () -> Ending.DAEMON;

    /**
     * What ends now that the daemon was told to stop. {@link Ending#DAEMON}, too, when that cannot be told. Takes five
     * seconds at most.
     */
    Ending ending();
}
