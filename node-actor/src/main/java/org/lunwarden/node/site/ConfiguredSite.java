package org.lunwarden.node.site;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.lunwarden.conf.blacklist.Candidate;
import org.lunwarden.conf.blacklist.Criterion;
import org.lunwarden.conf.effective.EngineSettings;
import org.lunwarden.conf.effective.Layer;
import org.lunwarden.conf.effective.PathIdentity;
import org.lunwarden.conf.effective.Precedence;
import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.value.Choice;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.HostKeywords;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.MapKeywords;
import org.lunwarden.conf.value.UidAttribute;
import org.lunwarden.io.Disk;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.settings.MapSettings;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.node.discovery.UdevQuestions;
import org.lunwarden.node.names.Alias;
import org.lunwarden.node.names.NameWish;

/** A site that is as its configuration says. */
final class ConfiguredSite implements Site {

    /** A host has disks of a few kinds; what tells ever new ones shall not fill the memory. */
    private static final int MOST_DEVICES = 1_000;

    private static final DeviceIdentity NO_DEVICE = new DeviceIdentity("", "", "");

    private final MultipathConf conf;
    /** The configuration with those entries for devices alone that match one: a hundred are not matched at each look. */
    private final Map<DeviceIdentity, MultipathConf> byDevice = new ConcurrentHashMap<>();
    /** Most disks of a host differ in nothing that the configuration asks for. */
    private final Map<PathIdentity, EngineSettings> byIdentity = new ConcurrentHashMap<>();

    ConfiguredSite(MultipathConf conf) {
        this.conf = conf;
    }

    @Override
    public SiteDisk look(Disk disk) {
        return SiteDisk.of(of(SiteDisk.device(disk)), disk);
    }

    @Override
    public PathSettings path(Disk disk, Wwid wwid) {
        return settings(Optional.of(disk), wwid).pathOf(disk.timeout());
    }

    @Override
    public MapSettings map(Wwid wwid, Optional<Disk> path) {
        var map = settings(path, wwid).map();
        var mayBeItsDevices = path.isEmpty() && !isSaidWhateverThePath(MapKeywords.NO_PATH_RETRY, wwid);
        // a wait that the site's defaults ask for has an end; that I/O is to fail at once is what most devices
        // contradict
        return mayBeItsDevices && map.noPathRetry() instanceof NoPathRetry.Fail
                ? map.with(new NoPathRetry.AsItIs())
                : map;
    }

    /** Whether no entry for devices can say otherwise. */
    private boolean isSaidWhateverThePath(Keyword<?> keyword, Wwid wwid) {
        return precedence(Optional.empty(), wwid)
                .explain(keyword)
                .holds()
                .filter(found -> found.layer().compareTo(Layer.DEVICES) < 0)
                .isPresent();
    }

    @Override
    public Choice.FindMultipaths findMultipaths() {
        return ofHost(HostKeywords.FIND_MULTIPATHS);
    }

    @Override
    public boolean allowsUsb() {
        return ofHost(HostKeywords.ALLOW_USB_DEVICES);
    }

    @Override
    public boolean reassignsMaps() {
        return ofHost(HostKeywords.REASSIGN_MAPS);
    }

    @Override
    public UdevQuestions.Patience udevPatience() {
        return new UdevQuestions.Patience(ofHost(HostKeywords.RETRIGGER_TRIES), ofHost(HostKeywords.RETRIGGER_DELAY));
    }

    @Override
    public ProcessWishes process() {
        return new ProcessWishes(ofHost(HostKeywords.VERBOSITY), ofHost(HostKeywords.MAX_FDS));
    }

    private <T> T ofHost(Keyword<T> keyword) {
        return conf.defaults().value(keyword).or(keyword::builtIn).orElseThrow();
    }

    @Override
    public NameWish name(Wwid wwid, Optional<Disk> path) {
        var precedence = precedence(path, wwid);
        var said = conf.multipath(wwid.value()).flatMap(entry -> entry.get(EntryKeywords.ALIAS));
        var alias = said.filter(setting -> MapName.canBe(setting.value()));
        return new NameWish(
                alias.map(setting -> new Alias(setting.value())),
                precedence.built(MapKeywords.USER_FRIENDLY_NAMES)
                        ? Optional.of(precedence.built(MapKeywords.ALIAS_PREFIX))
                        : Optional.empty(),
                alias.map(setting -> setting.text() + " (" + setting.origin() + ")")
                        .orElseGet(() -> precedence.explain(MapKeywords.USER_FRIENDLY_NAMES)
                                + said.map(setting -> ", since no map can be called as " + setting.text() + " ("
                                                + setting.origin() + ") says")
                                        .orElse("")));
    }

    @Override
    public Map<Alias, String> aliases() {
        var aliases = new HashMap<Alias, String>();
        conf.multipaths().stream()
                .forEach(entry -> entry.value(EntryKeywords.ALIAS)
                        .flatMap(Alias::parse)
                        .ifPresent(alias ->
                                entry.value(EntryKeywords.WWID).ifPresent(wwid -> aliases.putIfAbsent(alias, wwid))));
        return aliases;
    }

    @Override
    public boolean ignores(DeviceName name) {
        var named = new Candidate(name.value(), "", "", "", "", List.of(), "");
        return !name.value().startsWith("dm-")
                && conf.blacklist().judge(Criterion.DEVNODE, named).blacklists();
    }

    @Override
    public Optional<String> uidAttribute(DeviceName name) {
        return conf.defaults().value(HostKeywords.UID_ATTRS).stream()
                .flatMap(List::stream)
                .filter(attribute -> name.value().startsWith(attribute.prefix()))
                .findFirst()
                .map(UidAttribute::property);
    }

    @Override
    public List<String> notOffered(Disk disk, Wwid wwid) {
        return settings(Optional.of(disk), wwid).notOffered().stream()
                .map(EngineSettings.NotOffered::toString)
                .toList();
    }

    private EngineSettings settings(Optional<Disk> disk, Wwid wwid) {
        var device = disk.map(SiteDisk::device).orElse(NO_DEVICE);
        var protocol = disk.map(SiteDisk::protocol).orElse("undef");
        var entry = conf.multipath(wwid.value()).isPresent() ? wwid.value() : "";
        bound(byIdentity);
        return byIdentity.computeIfAbsent(
                new PathIdentity(device, protocol, entry), same -> EngineSettings.of(Precedence.of(of(device), same)));
    }

    private Precedence precedence(Optional<Disk> disk, Wwid wwid) {
        var device = disk.map(SiteDisk::device).orElse(NO_DEVICE);
        var protocol = disk.map(SiteDisk::protocol).orElse("undef");
        return Precedence.of(of(device), new PathIdentity(device, protocol, wwid.value()));
    }

    private MultipathConf of(DeviceIdentity device) {
        bound(byDevice);
        return byDevice.computeIfAbsent(
                device,
                same -> new MultipathConf(
                        conf.defaults(),
                        conf.blacklist(),
                        conf.devices().forOnly(List.of(device)),
                        conf.overrides(),
                        conf.protocols(),
                        conf.multipaths()));
    }

    private static void bound(Map<?, ?> known) {
        if (known.size() > MOST_DEVICES) {
            known.clear();
        }
    }
}
