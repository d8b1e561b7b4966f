package org.lunwarden.io;

/**
 * What does not change while a host runs.
 *
 * @param hostname {@code uname -n}
 * @param bootId {@code /proc/sys/kernel/random/boot_id}
 * @param kernel {@code uname -r}
 * @param nativeNvme the kernel itself joins the paths of NVMe disks ({@code nvme_core.multipath})
 */
public record HostFacts(String hostname, String bootId, String kernel, boolean nativeNvme) {}
