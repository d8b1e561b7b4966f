package org.lunwarden.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.value.Choice;
import org.lunwarden.node.discovery.Claim.Answer;
import org.lunwarden.node.discovery.ClaimFacts.Daemon;
import org.lunwarden.node.discovery.ClaimFacts.Mark;
import org.lunwarden.node.discovery.ClaimFacts.Reading;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class ClaimVectorTest {

    private static final Set<String> KNOWN = Set.of(
            "find_multipaths",
            "name",
            "member_of_mpath",
            "daemon",
            "devtype",
            "pathinfo",
            "wwid",
            "failed_wwid",
            "in_use",
            "in_wwids_file",
            "map_exists");

    static Stream<Arguments> vectors() {
        return Vectors.of("valid.json");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void aDeviceIsClaimedAsTheReferenceClaimsIt(String id, JsonNode in, JsonNode expected) {
        var answer = in.path("op").asText("device").equals("libmpathvalid")
                ? library(in)
                : FindMultipaths.claim(mode(in.get("find_multipaths").asText()).orElseThrow(), facts(in))
                        .answer();

        assertThat(answer.name().toLowerCase(Locale.ROOT))
                .isEqualTo(expected.get("result").asText());
    }

    private static ClaimFacts facts(JsonNode in) {
        in.fieldNames().forEachRemaining(field -> assertThat(KNOWN).contains(field));
        return new ClaimFacts(
                in.path("name").asText("sda"),
                Optional.ofNullable(in.get("member_of_mpath")).map(JsonNode::asText),
                word(in, "daemon", "", "", Daemon.NOT_ASKED, "connected", Daemon.REACHABLE, Daemon.UNREACHABLE),
                in.path("devtype").asText("disk").equals("disk"),
                word(in, "pathinfo", "ok", "ok", Reading.DONE, "failed", Reading.FAILED, Reading.BLACKLISTED),
                in.path("wwid").asText("3600a0980"),
                word(in, "failed_wwid", "no", "no", Mark.ABSENT, "yes", Mark.PRESENT, Mark.UNREADABLE),
                in.path("in_use").asBoolean(),
                in.path("in_wwids_file").asBoolean(),
                in.path("map_exists").asBoolean());
    }

    /** One of three, the last one for any other word. */
    private static <T> T word(
            JsonNode in, String field, String absent, String one, T first, String two, T second, T third) {
        var word = in.path(field).asText(absent);
        return word.equals(one) ? first : word.equals(two) ? second : third;
    }

    /** The library's answer: a device's own, made certain by the paths that its caller knows. */
    private static Answer library(JsonNode in) {
        var fault = in.path("fault").asText();
        var word = fault.equals("mode value is the error mode")
                ? "error"
                : in.path("mode").asText();
        assertThat(in.has("fault")).isEqualTo(word.equals("error"));
        var mode = word.equals("default")
                ? mode(in.path("configured_find_multipaths").asText())
                : mode(word);
        if (mode.isEmpty()) {
            return Answer.ERROR;
        }
        List<String> others = new ArrayList<>();
        in.path("other_path_wwids").forEach(wwid -> others.add(wwid.asText()));
        var own = Answer.valueOf(in.get("path_result").asText().toUpperCase(Locale.ROOT));
        return FindMultipaths.among(own, in.path("path_wwid").asText(), others);
    }

    private static Optional<Choice.FindMultipaths> mode(String word) {
        return Stream.of(Choice.FindMultipaths.values())
                .filter(mode -> mode.word().equals(word))
                .findFirst();
    }
}
