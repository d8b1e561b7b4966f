package org.lunwarden.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.fleet.alert.AlertEntry;
import org.lunwarden.fleet.alert.Window;

/** What a view keeps on its disk of alerts, silences and maintenance: one file, {@code alerts.json}. Blocking. */
record SpoolFile(Path folder) {

    private static final Logger log = LoggerFactory.getLogger(SpoolFile.class);

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** What is kept. */
    record Kept(List<AlertEntry> alerts, List<Window> windows) {

        static final Kept NOTHING = new Kept(List.of(), List.of());

        Kept {
            alerts = List.copyOf(alerts);
            windows = List.copyOf(windows);
        }
    }

    /** Nothing when there is none; one that cannot be read is told and left behind under another name. */
    Kept read() {
        var file = file();
        try {
            return Files.exists(file) ? JSON.readValue(file.toFile(), Kept.class) : Kept.NOTHING;
        } catch (IOException | RuntimeException broken) {
            log.error("{} cannot be read, what was told before is not known: {}", file, broken.getMessage());
            leave(file);
            return Kept.NOTHING;
        }
    }

    private static void leave(Path file) {
        try {
            Files.move(file, file.resolveSibling("alerts.broken"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException stays) {
            log.warn("{} stays where it is: {}", file, stays.getMessage());
        }
    }

    /** The file is the one of before or this one, whole. */
    void write(Kept kept) throws IOException {
        Files.createDirectories(folder);
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var fresh = Files.createTempFile(folder, ".alerts", ".new", mine);
        try {
            JSON.writeValue(fresh.toFile(), kept);
            Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private Path file() {
        return folder.resolve("alerts.json");
    }
}
