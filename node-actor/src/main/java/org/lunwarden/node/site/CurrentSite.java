package org.lunwarden.node.site;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.conf.value.Choice;
import org.lunwarden.io.Disk;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.node.discovery.UdevQuestions;
import org.lunwarden.node.names.Alias;
import org.lunwarden.node.names.NameWish;

/** A site as its configuration says now: it may be read again while the daemon runs. Safe for use by several threads. */
public final class CurrentSite implements Site {

    private volatile Site site;

    public CurrentSite(Site site) {
        this.site = site;
    }

    public void become(Site other) {
        site = other;
    }

    @Override
    public SiteDisk look(Disk disk) {
        return site.look(disk);
    }

    @Override
    public PathSettings path(Disk disk, Wwid wwid) {
        return site.path(disk, wwid);
    }

    @Override
    public MapSettings map(Wwid wwid, Optional<Disk> path) {
        return site.map(wwid, path);
    }

    @Override
    public Choice.FindMultipaths findMultipaths() {
        return site.findMultipaths();
    }

    @Override
    public boolean allowsUsb() {
        return site.allowsUsb();
    }

    @Override
    public boolean reassignsMaps() {
        return site.reassignsMaps();
    }

    @Override
    public UdevQuestions.Patience udevPatience() {
        return site.udevPatience();
    }

    @Override
    public ProcessWishes process() {
        return site.process();
    }

    @Override
    public NameWish name(Wwid wwid, Optional<Disk> path) {
        return site.name(wwid, path);
    }

    @Override
    public Map<Alias, String> aliases() {
        return site.aliases();
    }

    @Override
    public boolean ignores(DeviceName name) {
        return site.ignores(name);
    }

    @Override
    public Optional<String> uidAttribute(DeviceName name) {
        return site.uidAttribute(name);
    }

    @Override
    public List<String> notOffered(Disk disk, Wwid wwid) {
        return site.notOffered(disk, wwid);
    }
}
