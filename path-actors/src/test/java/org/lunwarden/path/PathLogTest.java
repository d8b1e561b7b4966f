package org.lunwarden.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import org.lunwarden.model.Nexus;
import org.lunwarden.model.PathState;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.CheckerKind;
import org.lunwarden.model.settings.PathSettings;
import org.lunwarden.model.settings.Precautions;
import org.lunwarden.model.settings.PrioKind;
import org.lunwarden.model.settings.ShakyPathRule;
import org.lunwarden.model.settings.TransportTimeouts;

class PathLogTest {

    private static final Duration NOW = Duration.ofHours(1);

    private final Logger log = (Logger) LoggerFactory.getLogger(PathActor.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
    }

    @ParameterizedTest
    @CsvSource({"true, DOWN, DOWN, 1", "true, DOWN, TIMEOUT, 0", "true, UP, UP, 0", "false, DOWN, DOWN, 0"})
    void aFailureThatIsNoNewsIsLoggedWhereEachIsAskedFor(boolean each, PathState first, PathState second, int logged) {
        var before = watch(each).observe(new PathLife.Checked(first), NOW);
        var now = before.observe(new PathLife.Checked(second), NOW.plusSeconds(5));

        PathLog.failedAgain(before, now, "TEST UNIT READY: no answer in time");

        assertThat(lines.list).hasSize(logged);
        assertThat(lines.list)
                .allSatisfy(line ->
                        assertThat(line.getFormattedMessage()).endsWith(" again (TEST UNIT READY: no answer in time)"));
    }

    private static Watch watch(boolean each) {
        var precautions = new Precautions(new ShakyPathRule.None(), false, TransportTimeouts.UNSET, false, false, each);
        var settings = new PathSettings(
                CheckerKind.TUR,
                false,
                PrioKind.CONST,
                false,
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                precautions);
        return Watch.begin(
                Disks.scsi(),
                new Wwid("3600a098038302d414b2b4d4453474f62"),
                new Nexus("scsi-host-1", "target"),
                settings,
                false,
                NOW);
    }
}
