/**
 * A fleet of whole daemons, each a process behind a network interface of its own, and what networks and machines do to it.
 * Read {@link org.lunwarden.deploy.net.Scenarios} first.
 */
@NullMarked
package org.lunwarden.deploy.net;

import org.jspecify.annotations.NullMarked;
