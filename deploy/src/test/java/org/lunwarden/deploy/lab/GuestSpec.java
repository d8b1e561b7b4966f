package org.lunwarden.deploy.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * What a guest is made of.
 *
 * @param memoryMb memory in MiB; what a guest does not touch costs nothing
 * @param layers what lies over the machine's root, first one on top: {@code base}, {@code oracle}
 * @param modules kernel modules beside those for disks and dm-multipath
 * @param scsiDebug parameters of the scsi_debug module; empty: the guest has no such disks
 */
public record GuestSpec(String name, int memoryMb, List<String> layers, String modules, String scsiDebug) {
    private static final String DISK_MODULES = "sd_mod sg dm-multipath dm-service-time dm-round-robin dm-queue-length";

    public GuestSpec {
        layers = List.copyOf(layers);
    }

    public static GuestSpec named(String name) {
        return new GuestSpec(name, 768, List.of("base"), "", "");
    }

    /** {@code luns} units of 16 MiB, each seen through {@code paths} SCSI hosts, with one content. */
    public GuestSpec withDisks(int paths, int luns) {
        return new GuestSpec(
                name,
                memoryMb,
                layers,
                modules,
                "delay=0 dev_size_mb=16 num_tgts=1 vpd_use_hostno=0 per_host_store=0 max_luns=%d add_host=%d"
                        .formatted(luns, paths));
    }

    public GuestSpec withMemory(int megabytes) {
        return new GuestSpec(name, megabytes, layers, modules, scsiDebug);
    }

    /** With more kernel modules, parted by blanks. */
    public GuestSpec withModules(String more) {
        return new GuestSpec(name, memoryMb, layers, more, scsiDebug);
    }

    /** With Debian's multipath-tools. */
    public GuestSpec withOracle() {
        return new GuestSpec(name, memoryMb, List.of("oracle", "base"), modules, scsiDebug);
    }

    List<String> options() {
        List<String> options =
                new ArrayList<>(List.of("-m", Integer.toString(memoryMb), "-l", String.join(":", layers)));
        if (!modules.isEmpty()) {
            options.addAll(List.of("-M", DISK_MODULES + " " + modules));
        }
        if (!scsiDebug.isEmpty()) {
            options.addAll(List.of("-S", scsiDebug));
        }
        return options;
    }
}
