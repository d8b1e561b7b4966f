package org.lunwarden.model.fleet;

/**
 * One life of a host's daemon. Revisions of reports count within it.
 *
 * @param bootId the kernel's {@code /proc/sys/kernel/random/boot_id}: another one means that the host was rebooted
 * @param run random, made when the daemon starts: another one with the same boot means that only the daemon was
 *     restarted
 */
public record DaemonRun(String bootId, String run) {}
