package org.lunwarden.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleLogTest {

    @ParameterizedTest
    @CsvSource({ // verbosity -> the least level that is logged
        "0, ERROR",
        "1, WARN",
        "2, INFO",
        "3, DEBUG",
        "4, DEBUG"
    })
    void theSitesVerbositySaysHowMuchIsLoggedButNotHowMuchIsAudited(int verbosity, String level) {
        var log = new LoggerContext();

        ConsoleLog.follow(verbosity, log);

        assertThat(log.getLogger("org.lunwarden.map.MapActor").getEffectiveLevel())
                .hasToString(level);
        assertThat(log.getLogger("lunwarden.audit").isInfoEnabled()).isTrue();
    }
}
