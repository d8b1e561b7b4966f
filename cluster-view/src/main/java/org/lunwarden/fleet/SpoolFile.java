package org.lunwarden.fleet;

import java.io.CharConversionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a view keeps on its disk of what the views agree on, as one JSON document. Blocking.
 *
 * @param file in a folder that is made when it is needed
 * @param nothing what is kept as long as there is no file
 */
record SpoolFile<K>(Path file, Class<K> type, K nothing) {

    private static final Logger log = LoggerFactory.getLogger(SpoolFile.class);

    private static final String NEW = ".new";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** {@link #read}, once what a crash has left of a write is removed. Only whoever writes the file may. */
    K open() throws IOException {
        clear();
        return read();
    }

    private void clear() {
        var folder = file.toAbsolutePath().getParent();
        try (var left = Files.newDirectoryStream(folder, unfinished() + "*" + NEW)) {
            for (var each : left) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException none) {
            log.debug("{} is not there yet", folder);
        } catch (IOException | DirectoryIteratorException broken) {
            log.warn("what is left of broken writes stays in {}: {}", folder, broken.getMessage());
        }
    }

    /**
     * Nothing when there is none; one that makes no sense is told and left behind under another name.
     *
     * @throws IOException when the disk does not give it; it stays where it is, and may be there the next time
     */
    K read() throws IOException {
        try (var text = Files.newInputStream(file)) {
            return JSON.readValue(text, type);
        } catch (NoSuchFileException none) {
            return nothing;
        } catch (JsonProcessingException | CharConversionException | RuntimeException senseless) {
            leave(senseless);
            return nothing;
        }
    }

    private void leave(Exception broken) {
        log.error("{} cannot be read, what was there before is not known: {}", file, broken.getMessage());
        try {
            Files.move(file, file.resolveSibling(name() + ".broken"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException stays) {
            log.warn("{} stays where it is: {}", file, stays.getMessage());
        }
    }

    /** The file is the one of before or this one, whole, after a power failure, too. */
    void write(K kept) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var fresh = Files.createTempFile(folder, unfinished(), NEW, mine);
        try {
            try (var out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                var text = ByteBuffer.wrap(JSON.writeValueAsBytes(kept));
                while (text.hasRemaining()) {
                    out.write(text);
                }
                out.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            try (var entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true); // so that the name of the new file is on the disk, too
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private String unfinished() {
        return "." + name();
    }

    private String name() {
        return file.getFileName().toString().replaceAll("\\.json$", "");
    }
}
