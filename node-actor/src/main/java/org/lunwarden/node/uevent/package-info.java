/** Which of the events that udev tells call for what. Pure. Read {@link org.lunwarden.node.uevent.UeventQueue} first. */
@NullMarked
package org.lunwarden.node.uevent;

import org.jspecify.annotations.NullMarked;
