package org.lunwarden.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where every act on a path or a map is written down, for whoever asks later: logger {@code lunwarden.audit}. */
public final class AuditTrail {

    private static final Logger LOG = LoggerFactory.getLogger("lunwarden.audit");

    private AuditTrail() {}

    /**
     * One line.
     *
     * @param subject what was acted on, its WWID first
     */
    public static void note(Object subject, String act) {
        LOG.info("{}: {}", subject, act);
    }
}
