package org.lunwarden.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.conf.effective.EngineSettings;
import org.lunwarden.conf.effective.PathIdentity;
import org.lunwarden.conf.effective.Precedence;
import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.value.Choice;
import org.lunwarden.io.Disk;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.node.discovery.UdevQuestions;
import org.lunwarden.node.names.Alias;
import org.lunwarden.node.names.NameWish;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.site.SiteDisk;

/** A site that has the same settings for all its storage, finer ones than multipath.conf(5) can say, and no blacklist of its own. */
record FixedSettings(PathSettings path, MapSettings map, UdevQuestions.Patience udevPatience) implements Site {

    private static final MultipathConf BUILT_IN = MultipathConf.builtIn(false);

    /** What holds where nobody says anything. */
    static final EngineSettings DEFAULTS =
            EngineSettings.of(Precedence.of(BUILT_IN, new PathIdentity(new DeviceIdentity("", "", ""), "undef", "")));

    FixedSettings(PathSettings path, MapSettings map) {
        this(path, map, new UdevQuestions.Patience(3, Duration.ofSeconds(10)));
    }

    FixedSettings with(MapSettings changed) {
        return new FixedSettings(path, changed, udevPatience);
    }

    FixedSettings with(UdevQuestions.Patience changed) {
        return new FixedSettings(path, map, changed);
    }

    @Override
    public SiteDisk look(Disk disk) {
        return SiteDisk.of(BUILT_IN, disk);
    }

    @Override
    public PathSettings path(Disk disk, Wwid wwid) {
        return path;
    }

    @Override
    public MapSettings map(Wwid wwid, Optional<Disk> path) {
        return map;
    }

    @Override
    public Choice.FindMultipaths findMultipaths() {
        return Choice.FindMultipaths.ON;
    }

    @Override
    public boolean allowsUsb() {
        return false;
    }

    @Override
    public boolean reassignsMaps() {
        return false;
    }

    @Override
    public NameWish name(Wwid wwid, Optional<Disk> path) {
        return NameWish.NONE;
    }

    @Override
    public Map<Alias, String> aliases() {
        return Map.of();
    }

    @Override
    public boolean ignores(DeviceName name) {
        return false;
    }

    @Override
    public Optional<String> uidAttribute(DeviceName name) {
        return Optional.empty();
    }

    @Override
    public List<String> notOffered(Disk disk, Wwid wwid) {
        return List.of();
    }
}
