package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.model.DeviceName;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class SysfsVectorTest {

    @TempDir
    Path folder;

    static Stream<Arguments> texts() {
        return Vectors.of("strings.json", "strip_trailing_whitespace");
    }

    static Stream<Arguments> hidden() {
        return Vectors.of("hwtable.json", "hidden");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void aTextLosesTheBlanksAtItsEnd(String id, JsonNode in, JsonNode expect) throws IOException {
        Files.writeString(folder.resolve("vendor"), in.get("text").asText());

        assertThat(new SysfsTree(folder).text("vendor"))
                .as(id)
                .isEqualTo(expect.get("text").asText());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hidden")
    void aDiskThatTheKernelHidesIsNone(String id, JsonNode in, JsonNode expect) throws IOException {
        var tree = RecordedTree.of("nvme", folder);
        Files.writeString(
                folder.resolve("sys/block/nvme0n1/hidden"),
                in.get("sysfs_hidden").asText() + "\n");

        var disk = new SysfsDisks(tree, new TransportFacts(tree, new LocalAddresses(List::of)), name -> Map.of())
                .disk(new DeviceName("nvme0n1"));

        assertThat(disk.isEmpty()).as(id).isEqualTo(expect.get("ignored").asBoolean());
    }
}
