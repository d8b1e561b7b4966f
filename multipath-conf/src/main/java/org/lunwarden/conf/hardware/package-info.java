/** Which settings fit which storage. Read {@link org.lunwarden.conf.hardware.HardwareTable} first. */
@NullMarked
package org.lunwarden.conf.hardware;

import org.jspecify.annotations.NullMarked;
