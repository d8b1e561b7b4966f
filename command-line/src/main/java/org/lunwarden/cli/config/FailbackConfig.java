package org.lunwarden.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import org.lunwarden.fleet.Failbacks;
import org.lunwarden.fleet.failback.AutoPolicy;
import org.lunwarden.fleet.failback.FailbackSettings;
import org.lunwarden.model.fleet.HostId;

/** Reads how maps are moved back to their best group. */
record FailbackConfig(ConfigReader reader, HostId host) {

    private static final String SECTION = "lunwarden.failback.";
    private static final int MOST = 100_000;

    Failbacks read() {
        var folder = reader.text(SECTION + "folder");
        var usual = FailbackSettings.DEFAULTS;
        var share = reader.number(SECTION + "wave-percent", 1, 100) / 100.0;
        var ofController = reader.number(SECTION + "per-controller", 1, MOST);
        var ofHost = reader.number(SECTION + "per-host", 1, MOST);
        var most = reader.number(SECTION + "most", 1, MOST);
        var pace = usual.atOnce(share, ofController, ofHost, most)
                .watching(
                        duration("hold", Duration.ofDays(1)),
                        duration("canary", Duration.ofHours(1)),
                        duration("calm", Duration.ofHours(1)))
                .expiringAfter(duration("expiry", Duration.ofDays(1)));
        return new Failbacks(
                pace, auto(), folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder, host.value())));
    }

    private AutoPolicy auto() {
        return new AutoPolicy(
                reader.flag(SECTION + "auto.enabled"),
                reader.duration(SECTION + "auto.calm", Duration.ofSeconds(1), Duration.ofDays(7)),
                timeOfDay("auto.from"),
                timeOfDay("auto.until"),
                ZoneId.systemDefault(),
                reader.number(SECTION + "auto.per-day", 1, MOST));
    }

    private LocalTime timeOfDay(String key) {
        var text = reader.text(SECTION + key);
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException wrong) {
            reader.wrong(SECTION + key, "'" + text + "' is no time of day, such as 02:30");
            return LocalTime.MIDNIGHT;
        }
    }

    private Duration duration(String key, Duration longest) {
        return reader.duration(SECTION + key, Duration.ofMillis(100), longest);
    }
}
