package org.lunwarden.fleet.check;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostId;

/**
 * A nexus that is worth checking now.
 *
 * @param paths how many LUN paths go through it: so many commands reach the port of the array
 */
public record Wish(HostId host, Nexus nexus, int paths) {}
