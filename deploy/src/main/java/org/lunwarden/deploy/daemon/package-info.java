/** A daemon on a host, and a view. Read {@link org.lunwarden.deploy.daemon.Daemon} first. */
@NullMarked
package org.lunwarden.deploy.daemon;

import org.jspecify.annotations.NullMarked;
