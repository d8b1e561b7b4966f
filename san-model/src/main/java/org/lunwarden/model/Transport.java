package org.lunwarden.model;

/** How a path's commands travel, as far as the kernel tells. */
public enum Transport {
    FC,
    ISCSI,
    SAS,
    NVME,
    /** A transport that tells nothing of its ports, for example scsi_debug or virtio. */
    OPAQUE
}
