/** The ports to a host on a real Linux kernel: libdevmapper, libudev, sg, sysfs. Read {@link org.lunwarden.io.linux.LinuxHost} first. */
@NullMarked
package org.lunwarden.io.linux;

import org.jspecify.annotations.NullMarked;
