package org.lunwarden.model.scsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("vectors")
class VpdVectorsTest {

    private static Stream<JsonNode> all() {
        try (var file = VpdVectorsTest.class.getResourceAsStream("/vectors/vpd.json")) {
            return StreamSupport.stream(
                    new ObjectMapper().readTree(file).get("vectors").spliterator(), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rest is about asking a second time with a larger allocation, which sysfs does for us. */
    static Stream<Arguments> pages() {
        return all().filter(vector -> vector.get("in").has("inquiry_response_hex"))
                .map(vector -> Arguments.of(vector.get("id").asText(), vector.get("in"), vector.get("expect")));
    }

    @Test
    void allButTheTwoAboutAskingTwiceAreRun() {
        assertThat(all()).hasSize(78);
        assertThat(pages()).hasSize(76);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void aPageBecomesTheIdentifierOfTheReference(String id, JsonNode in, JsonNode expect) {
        var page = Hex.bytes(in.get("inquiry_response_hex").asText());
        var longest = in.get("wwid_buffer").asInt() - 1;

        var read = in.get("page").asText().equals("0x80")
                ? UnitSerialNumber.parse(page, longest)
                : identifier(page, longest);

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
