package org.lunwarden.conf.effective;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.lunwarden.conf.hardware.DeviceEntry;
import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.Position;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.Severity;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.Origin;
import org.lunwarden.conf.value.Settings;

/**
 * Makes the settings of every entry of a site once, before anybody works by them: an entry of which none can be made is a
 * reason to refuse the files, and no reason for the actors of its paths to break. Pure.
 */
public final class Rehearsal {

    private static final DeviceIdentity NO_DEVICE = new DeviceIdentity("", "", "");
    private static final String USUAL = "scsi:fcp";

    private Rehearsal() {}

    /** The same, or refused where settings cannot be made of it. */
    public static Loaded of(Loaded loaded) {
        return of(loaded, EngineSettings::of);
    }

    static Loaded of(Loaded loaded, Consumer<Precedence> make) {
        if (!(loaded instanceof Loaded.Usable(var conf, var problems))) {
            return loaded;
        }
        var faults = parts(conf).flatMap(part -> part.fault(make).stream()).toList();
        if (faults.isEmpty()) {
            return loaded;
        }
        var all = new ArrayList<>(problems);
        all.addAll(faults);
        return new Loaded.Refused(all);
    }

    private record Part(Settings said, Precedence precedence) {

        private Optional<Problem> fault(Consumer<Precedence> make) {
            try {
                make.accept(precedence);
                return Optional.empty();
            } catch (RuntimeException broke) {
                return Optional.of(new Problem(
                        at(said),
                        Severity.FATAL,
                        "no settings can be made of this section with the defaults: " + broke,
                        ""));
            }
        }
    }

    /** What is said of everything comes first, so that its faults are told at its own place. */
    private static Stream<Part> parts(MultipathConf conf) {
        var everything = Stream.concat(conf.defaults().stream(), conf.overrides().stream());
        return Stream.of(
                        Stream.of(new Part(Settings.of(everything), precedence(conf, USUAL, "", List.of()))),
                        conf.protocols().stream()
                                .map(entry -> new Part(
                                        entry,
                                        precedence(
                                                conf,
                                                entry.value(EntryKeywords.TYPE).orElse(USUAL),
                                                "",
                                                List.of()))),
                        conf.devices().entries().stream()
                                .filter(entry -> isOfSite(entry.settings()))
                                .map(entry -> new Part(entry.settings(), precedence(conf, USUAL, "", List.of(entry)))),
                        conf.multipaths().stream()
                                .map(entry -> new Part(
                                        entry,
                                        precedence(
                                                conf,
                                                USUAL,
                                                entry.value(EntryKeywords.WWID).orElse(""),
                                                List.of()))))
                .flatMap(each -> each);
    }

    private static Precedence precedence(MultipathConf conf, String protocol, String wwid, List<DeviceEntry> devices) {
        return Precedence.of(conf, new PathIdentity(NO_DEVICE, protocol, wwid), devices);
    }

    private static boolean isOfSite(Settings settings) {
        return settings.stream().anyMatch(setting -> setting.origin() instanceof Origin.InFile);
    }

    /** Of the first setting that stands in a file. */
    private static Position at(Settings said) {
        return said.stream()
                .flatMap(setting -> setting.origin() instanceof Origin.InFile(var at) ? Stream.of(at) : Stream.empty())
                .findFirst()
                .orElse(new Position("", 1, 1));
    }
}
