package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;

class ChangesTest {

    private final Changes changes = new Changes();

    @Test
    void allIsNewAtFirstThenOnlyWhatChangedAndAllAgainWhenANexusIsGone() throws Exception {
        assertThat(answer(1000, row("h1", "up", 1000), row("h2", "up", 1000))).hasSize(3);

        assertThat(answer(2000, row("h1", "up", 2000), row("h2", "up", 2000))).isEmpty();
        assertThat(answer(3000, row("h1", "up", 3000), row("h2", "down", 3000)))
                .containsExactly(row("h2", "down", 3000));
        assertThat(answer(4000, row("h1", "up", 4000), row("h2", "down", 4000), row("h3", "up", 4000)))
                .containsExactly(row("h3", "up", 4000));
        assertThat(answer(5000, row("h1", "up", 5000), row("h3", "up", 5000))).hasSize(3);
    }

    @Test
    void anAnswerThatBreaksOffCountsAsNotRead() throws Exception {
        assertThat(answer(1000, row("h1", "up", 1000), row("h2", "up", 1000))).hasSize(3);
        changes.read(row("h1", "down", 2000));
        changes.broke();

        assertThat(answer(3000, row("h1", "down", 3000), row("h2", "up", 3000)))
                .containsExactly(row("h1", "down", 3000));
    }

    private List<String> answer(int at, String... rows) throws IOException {
        changes.read("{\"kind\":\"snapshot\",\"seenAt\":" + at + "}");
        for (var row : rows) {
            changes.read(row);
        }
        return changes.end();
    }

    private static String row(String host, String state, int at) {
        return "{\"host\":\"%s\",\"initiatorPort\":\"i\",\"targetPort\":\"t\",\"state\":\"%s\",\"seenAt\":%d}"
                .formatted(host, state, at);
    }
}
