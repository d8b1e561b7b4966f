package org.lunwarden.conf.hardware;

import java.util.Optional;
import java.util.stream.Stream;

import org.lunwarden.conf.regex.Ere;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.MapKeywords;
import org.lunwarden.conf.value.Setting;
import org.lunwarden.conf.value.Settings;
import org.lunwarden.model.settings.NoPathRetry;

/** Settings for the devices whose vendor, product and revision its expressions match. */
public final class DeviceEntry {

    private static final String QUEUE = "queue_if_no_path";

    private final Settings settings;
    private final Optional<Ere> vendor;
    private final Optional<Ere> product;
    private final Optional<Ere> revision;

    private DeviceEntry(Settings settings) {
        this.settings = settings;
        this.vendor = ere(settings, EntryKeywords.VENDOR);
        this.product = ere(settings, EntryKeywords.PRODUCT);
        this.revision = ere(settings, EntryKeywords.REVISION);
    }

    /** Nothing for settings without vendor or product. */
    public static Optional<DeviceEntry> of(Settings settings) {
        return settings.get(EntryKeywords.VENDOR).isPresent()
                        && settings.get(EntryKeywords.PRODUCT).isPresent()
                ? Optional.of(new DeviceEntry(settings))
                : Optional.empty();
    }

    public Settings settings() {
        return settings;
    }

    /** An expression that is malformed matches nothing. */
    public boolean matches(DeviceIdentity device) {
        var anyRevision = settings.get(EntryKeywords.REVISION).isEmpty();
        return finds(vendor, device.vendor())
                && finds(product, device.product())
                && (anyRevision || finds(revision, device.revision()));
    }

    /** Both are written for the same devices, letter by letter. */
    public boolean isForTheSameAs(DeviceEntry other) {
        return text(EntryKeywords.VENDOR).equals(other.text(EntryKeywords.VENDOR))
                && text(EntryKeywords.PRODUCT).equals(other.text(EntryKeywords.PRODUCT))
                && text(EntryKeywords.REVISION).equals(other.text(EntryKeywords.REVISION));
    }

    /**
     * This entry merged with an earlier one for the same devices. Where the result queues by a feature and sets no
     * {@code no_path_retry}, the feature counts as that, so that it goes before one of the defaults; in an entry that is
     * merged with none it does not, and the reference does the same.
     */
    public DeviceEntry mergedWith(DeviceEntry earlier) {
        var merged = settings.mergedWith(earlier.settings);
        var queueing = merged.get(MapKeywords.FEATURES)
                .filter(features -> features.value().contains(QUEUE))
                .filter(features -> merged.get(MapKeywords.NO_PATH_RETRY).isEmpty())
                .map(features -> new Setting<NoPathRetry>(
                        MapKeywords.NO_PATH_RETRY, new NoPathRetry.Queue(), features.origin()));
        return new DeviceEntry(Settings.of(Stream.concat(merged.stream(), queueing.stream())));
    }

    private Optional<String> text(Keyword<String> keyword) {
        return settings.get(keyword).map(Setting::value);
    }

    private static boolean finds(Optional<Ere> ere, String text) {
        return ere.map(present -> present.find(text)).orElse(false);
    }

    private static Optional<Ere> ere(Settings settings, Keyword<String> keyword) {
        return settings.get(keyword)
                .map(setting -> Ere.parse(setting.value()))
                .filter(Ere.Parsed.Ok.class::isInstance)
                .map(parsed -> ((Ere.Parsed.Ok) parsed).ere());
    }

    @Override
    public String toString() {
        return text(EntryKeywords.VENDOR).orElse("") + "/"
                + text(EntryKeywords.PRODUCT).orElse("")
                + text(EntryKeywords.REVISION).map(text -> "/" + text).orElse("");
    }
}
