package org.lunwarden.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class NamesVectorTest {

    static Stream<Arguments> names() {
        return Vectors.of("strings.json", "device_basename");
    }

    static Stream<Arguments> luns() {
        return Vectors.of("strings.json", "lun_hex");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void theLastPartOfAPathIsTheDevicesName(String id, JsonNode in, JsonNode expect) {
        // where the reference has a string of C, its end takes a place
        var longest = in.get("buffer").asInt() - 1;
        var path = Optional.ofNullable(in.get("path").textValue());

        assertThat(path.flatMap(text -> DeviceName.ofPath(text, longest)).map(DeviceName::value))
                .as(id)
                .isEqualTo(Optional.ofNullable(expect.get("name").textValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("luns")
    void aLunIsWrittenAsTheReferenceWritesIt(String id, JsonNode in, JsonNode expect) {
        assertThat(new Hctl(0, 0, 0, in.get("kernel_lun").asLong()).lunText())
                .as(id)
                .isEqualTo(expect.get("text").asText());
    }
}
