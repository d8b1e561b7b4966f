package org.lunwarden.fleet.audit;

import com.fasterxml.jackson.annotation.JsonValue;

/** What can be found. */
public enum FindingKind {
    /** One WWID is another unit on another host. */
    SERIAL_DIFFERS("serialDiffers", Severity.CRITICAL),
    SIZE_DIFFERS("sizeDiffers", Severity.CRITICAL),
    /** Hosts that share a LUN have no controller in common: each failback of one takes it from the other. */
    DISJOINT_CONTROLLERS("disjointControllers", Severity.CRITICAL),
    FEW_FABRICS("fewFabrics", Severity.WARNING),
    FEW_CONTROLLERS("fewControllers", Severity.WARNING),
    FEW_HBAS("fewHbas", Severity.WARNING),
    FEWER_PATHS("fewerPaths", Severity.WARNING),
    /** Hosts that share a LUN keep its map by different settings. */
    SETTINGS_DIFFER("settingsDiffer", Severity.WARNING),
    EXTRA_PATHS("extraPaths", Severity.NOTICE),
    /** More paths through one fabric or controller than through another. */
    ASYMMETRIC_PATHS("asymmetricPaths", Severity.NOTICE),
    TOO_MANY_INITIATORS("tooManyInitiators", Severity.NOTICE),
    /** Kept by other settings than the other maps of its array. */
    SETTINGS_OUTLIER("settingsOutlier", Severity.NOTICE),
    DRIVER_OUTLIER("driverOutlier", Severity.NOTICE),
    FIRMWARE_OUTLIER("firmwareOutlier", Severity.NOTICE);

    private final String word;
    private final Severity severity;

    FindingKind(String word, Severity severity) {
        this.word = word;
        this.severity = severity;
    }

    @JsonValue
    public String word() {
        return word;
    }

    public Severity severity() {
        return severity;
    }
}
