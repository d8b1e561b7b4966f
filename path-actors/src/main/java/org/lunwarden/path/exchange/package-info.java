/** SCSI commands with the retries that they need. Read {@link org.lunwarden.path.exchange.Exchange} first. */
@NullMarked
package org.lunwarden.path.exchange;

import org.jspecify.annotations.NullMarked;
