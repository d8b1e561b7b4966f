/** Tests of the SCSI codecs. Read {@link org.lunwarden.model.scsi.VpdVectorsTest} first. */
@NullMarked
package org.lunwarden.model.scsi;

import org.jspecify.annotations.NullMarked;
