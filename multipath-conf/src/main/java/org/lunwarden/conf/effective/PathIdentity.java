package org.lunwarden.conf.effective;

import org.lunwarden.conf.hardware.DeviceIdentity;

/**
 * What decides which entries of a configuration apply to a path.
 *
 * @param protocol for example {@code scsi:fcp}
 * @param wwid empty while it is not known
 */
public record PathIdentity(DeviceIdentity device, String protocol, String wwid) {}
