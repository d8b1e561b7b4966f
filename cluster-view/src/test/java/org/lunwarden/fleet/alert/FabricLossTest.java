package org.lunwarden.fleet.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.alert.Notification.Kind;
import org.lunwarden.fleet.sitefile.SiteFile;

/** A whole fabric dies under many hosts, each of which notices in its own time. {@code -Dalerts.hosts=1000} for figures. */
class FabricLossTest {

    private static final int HOSTS = Integer.getInteger("alerts.hosts", 60);

    private final TwoFabrics san = new TwoFabrics(HOSTS);
    private final Map<String, AlertEntry> book = new LinkedHashMap<>();
    private final List<Notification> told = new ArrayList<>();

    @Test
    void aWholeFabricThatIsLostAndComesBackIsAHandfulOfNotifications() {
        san.noticedWithin = Duration.ofSeconds(20);
        goOn(2);
        san.down.add(TwoFabrics.fabric("b"));
        goOn(120);
        var hurt = told.getLast().reach().hosts();
        san.down.clear();
        goOn(60);

        for (var each : told) {
            System.out.printf(
                    "%5.1f s  %s  %-8s %-8s %-14s %s%n",
                    Duration.between(TwoFabrics.START, each.at()).toMillis() / 1000.0,
                    each.incident(),
                    each.kind().word(),
                    each.severity().word(),
                    each.reason(),
                    each.summary());
        }
        assertThat(told).hasSizeBetween(2, 10);
        assertThat(told.getFirst().at()).isBefore(TwoFabrics.START.plusSeconds(45));
        assertThat(hurt).isEqualTo(HOSTS);
        assertThat(told.getLast().kind()).isEqualTo(Kind.RESOLVED);
        assertThat(book.values()).noneMatch(AlertEntry::isOpen);
    }

    private void goOn(int seconds) {
        for (var second = 0; second < seconds; second++) {
            var fleet = san.after(Duration.ofSeconds(1));
            var settings = AlertSettings.DEFAULTS.with(TwoFabrics.NAMES);
            for (var entry :
                    new Alerts(book.values(), fleet, List.of(), SiteFile.NONE, Instant.EPOCH, settings).next(san.now)) {
                book.put(entry.incident(), entry);
                told.add(entry.last());
            }
        }
    }
}
