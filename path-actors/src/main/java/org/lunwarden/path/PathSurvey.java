package org.lunwarden.path;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.lunwarden.io.BlockDevices;
import org.lunwarden.io.Disk;
import org.lunwarden.io.PathProbe;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.path.checker.Checker;
import org.lunwarden.path.checker.ClariionUnit;
import org.lunwarden.path.checker.InactiveSnapshots;
import org.lunwarden.path.prio.Expressions;
import org.lunwarden.path.prio.Prioritizer;

/** One look at a path, for who keeps no watch on it: what a watcher would say of it after its first check. */
public final class PathSurvey {

    private PathSurvey() {}

    /** Checks the path and reads its priority, once. Fails only when the executor refuses. */
    public static CompletionStage<PathReport> look(
            Disk disk,
            Wwid wwid,
            Nexus nexus,
            PathSettings settings,
            PathProbe probe,
            BlockDevices devices,
            Executor blocking,
            Expressions expressions) {
        var device = probe.attach(disk.name());
        var timeout = settings.checkerTimeout();
        var begun = Watch.begin(disk, wwid, nexus, settings, false, Duration.ZERO);
        return new Checker(
                        disk, begun.unit(), new ClariionUnit(wwid, new InactiveSnapshots()), device, devices, blocking)
                .check(
                        new Checker.Question(
                                settings.checker(), settings.detectChecker(), timeout, begun.wantedProof()),
                        () -> {})
                .thenApply(begun::judged)
                .thenCompose(finding -> {
                    var seen = begun.found(finding).learned(finding.identity());
                    var checked = seen.observe(new PathLife.Checked(finding.observed()), Duration.ZERO);
                    return new Prioritizer(disk, device, expressions)
                            .read(
                                    settings,
                                    checked.live(),
                                    checked.life().found().isUsable(),
                                    timeout)
                            .thenApply(reading ->
                                    checked.rated(reading, finding.sysfs()).report());
                })
                .whenComplete((report, broke) -> device.close());
    }
}
