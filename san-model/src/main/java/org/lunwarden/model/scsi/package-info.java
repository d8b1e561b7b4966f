/** SCSI answers and commands as bytes (SPC-5, SAM-5). Read {@link org.lunwarden.model.scsi.DeviceIdentification} first. */
@NullMarked
package org.lunwarden.model.scsi;

import org.jspecify.annotations.NullMarked;
