package org.lunwarden.path;

import java.time.Duration;
import java.util.Optional;

import org.lunwarden.io.BlockDevices.Live;
import org.lunwarden.io.Disk;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.map.UnitProof;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.path.identity.UnitName;
import org.lunwarden.path.marginal.Marginality;
import org.lunwarden.path.purge.Quarantine;

/** A path in the making. */
final class WatchDraft {
    private final Watch of;
    Disk disk;
    Optional<UnitName> unit;
    Optional<UnitName> otherUnit;
    PathSettings settings;
    PathLife life;
    Marginality marginality;
    Quarantine quarantine;
    UnitProof proof;
    boolean spoken;
    Live live;
    Priority priority;
    boolean alua;
    Means means;
    Optional<PathReport> told;
    Duration next;
    PathAccount.Word word;

    WatchDraft(Watch of) {
        this.of = of;
        disk = of.disk();
        unit = of.unit();
        otherUnit = of.otherUnit();
        settings = of.settings();
        life = of.life();
        marginality = of.marginality();
        quarantine = of.quarantine();
        proof = of.proof();
        spoken = of.spoken();
        live = of.live();
        priority = of.priority();
        alua = of.alua();
        means = of.means();
        told = of.told();
        next = of.next();
        word = of.word();
    }

    Watch watch() {
        return new Watch(
                of.wwid(),
                of.nexus(),
                disk,
                unit,
                otherUnit,
                settings,
                life,
                marginality,
                quarantine,
                proof,
                spoken,
                live,
                priority,
                alua,
                means,
                told,
                next,
                word);
    }
}
