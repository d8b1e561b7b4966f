package org.lunwarden.node.why;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.lunwarden.io.Disk;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Sighting;
import org.lunwarden.node.names.Alias;

/**
 * What somebody asks about: a disk by its name, its node, its SCSI address or its number; a map by its name, its WWID, its
 * dm name or its number.
 */
public record Subject(String text) {

    private static final String FOLDER = "/dev/";

    private static final Pattern UNLISTED = Pattern.compile("dasd[a-z]{1,4}|cciss[/!]c\\d{1,3}d\\d{1,3}");

    /** The disk that is meant, be it a path or not; empty when the host has none that is called so. */
    public Optional<DeviceName> disk(Candidates candidates) {
        var name = withoutFolder();
        return candidates.seen().values().stream()
                .map(Sighting::disk)
                .filter(this::isOf)
                .map(Disk::name)
                .findFirst()
                .or(() -> candidates.unread().keySet().stream()
                        .filter(unread -> unread.value().equals(name))
                        .findFirst());
    }

    /** The unit that is meant, of which the host sees a disk: by its WWID, or by the alias that the site gives it. */
    public Optional<Wwid> wwid(Candidates candidates, Map<Alias, String> aliases) {
        var named = Alias.parse(withoutFolder()).flatMap(alias -> Optional.ofNullable(aliases.get(alias)));
        return candidates.seen().values().stream()
                .flatMap(seen -> seen.wwid().stream())
                .filter(unit ->
                        unit.value().equals(text) || Optional.of(unit.value()).equals(named))
                .findFirst();
    }

    /** Whether a disk is meant of a kind that is not listed: a DASD, or one behind the old driver of Smart Arrays. */
    public boolean isUnlisted() {
        return UNLISTED.matcher(withoutFolder()).matches();
    }

    /** Whether that disk is meant. */
    public boolean isOf(Disk disk) {
        var address = Hctl.parse(text);
        return disk.name().value().equals(withoutFolder())
                || (address.isPresent() && disk.hctl().equals(address))
                || Optional.of(disk.device()).equals(DevT.parse(text));
    }

    /** Whether that map is meant. */
    public boolean isOf(MapTopology map) {
        var name = withoutFolder();
        return map.name().equals(name)
                || map.wwid().value().equals(text)
                || map.device().value().equals(name);
    }

    private String withoutFolder() {
        var mapper = FOLDER + "mapper/";
        if (text.startsWith(mapper)) {
            return text.substring(mapper.length());
        }
        return text.startsWith(FOLDER) ? text.substring(FOLDER.length()) : text;
    }
}
