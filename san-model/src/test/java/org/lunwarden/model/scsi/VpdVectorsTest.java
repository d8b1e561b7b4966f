package org.lunwarden.model.scsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class VpdVectorsTest {

    /** The rest is about asking a second time with a larger allocation: whoever asks has a suite for it. */
    static Stream<Arguments> pages() {
        return Vectors.of("vpd.json", vector -> vector.get("in").has("inquiry_response_hex"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void aPageBecomesTheIdentifierOfTheReference(String id, JsonNode in, JsonNode expect) {
        var page = Hex.bytes(in.get("inquiry_response_hex").asText());
        var longest = in.get("wwid_buffer").asInt() - 1;

        var read = switch (in.get("page").asText()) {
            case "0x80" -> UnitSerialNumber.parse(page, longest);
            case "0x83" -> identifier(page, longest);
            default -> throw new AssertionError("no suite reads page " + in.get("page"));
        };

        assertThat(read).as(id).satisfies(result -> {
            switch (result) {
                case Decoded.Ok<String>(var text) ->
                    assertThat(text).isEqualTo(expect.path("wwid").asText());
                case Decoded.Invalid<String>(var fault, var offset, var problem) ->
                    assertThat(errno(fault))
                            .as(problem)
                            .isEqualTo(expect.path("error").asText());
            }
        });
    }

    private static Decoded<String> identifier(List<Byte> page, int longest) {
        return switch (DeviceIdentification.parse(page)) {
            case Decoded.Ok<DeviceIdentification>(var identification) -> identification.wwidText(longest);
            case Decoded.Invalid<DeviceIdentification> invalid -> invalid.as();
        };
    }

    private static String errno(Decoded.Fault fault) {
        return switch (fault) {
            case TRUNCATED -> "EOVERFLOW";
            case MALFORMED -> "EINVAL";
            case NOTHING_USABLE -> "ENODATA";
        };
    }
}
