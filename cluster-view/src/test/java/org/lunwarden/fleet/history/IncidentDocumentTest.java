package org.lunwarden.fleet.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.incident.Stories;

/** What another release wrote. */
class IncidentDocumentTest {

    @Test
    void aDocumentOfTheFirstReleaseThatKeptThemIsRead() throws Exception {
        assertThat(IncidentDocument.parse(zip(golden()))).isEqualTo(Stories.openIncident());
    }

    @Test
    void aDocumentIsWrittenAsTheFirstReleaseThatKeptThemReadsIt() throws Exception {
        try (var text =
                new GZIPInputStream(new ByteArrayInputStream(IncidentDocument.format(Stories.openIncident())))) {
            assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(golden());
        }
    }

    @Test
    void whatALaterReleaseTellsOnTheTimelineIsLeftOut() throws Exception {
        var later = golden().replace("\"what\":\"acknowledged\"", "\"what\":\"escalated\"");
        assertThat(later).isNotEqualTo(golden());

        var incident = IncidentDocument.parse(zip(later));

        var known = Stories.openIncident().timeline();
        assertThat(incident.timeline()).isEqualTo(known.subList(0, known.size() - 1));
        assertThat(incident.members()).isEqualTo(Stories.openIncident().members());
    }

    @Test
    void listsAndWordsThatAreMissingAreEmpty() throws Exception {
        var other = golden().replace("\"formerIds\":[],", "").replace("\"doubt\":\"\"", "\"doubt\":null");
        assertThat(other.length()).isLessThan(golden().length() - 10);

        assertThat(IncidentDocument.parse(zip(other))).isEqualTo(Stories.openIncident());
    }

    @Test
    void aPhaseThatIsNotKnownHereMakesADocumentUnreadable() {
        assertThatThrownBy(() -> IncidentDocument.parse(
                        zip(golden().replaceFirst("\"phase\":\"confirmed\"", "\"phase\":\"suspended\""))))
                .isInstanceOf(IOException.class);
    }

    private static String golden() throws IOException {
        try (var file = Objects.requireNonNull(
                IncidentDocumentTest.class.getResourceAsStream("/history/incident-1.json"), "no document")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static byte[] zip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
