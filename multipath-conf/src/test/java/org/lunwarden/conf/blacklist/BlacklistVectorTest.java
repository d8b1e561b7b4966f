package org.lunwarden.conf.blacklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.blacklist.Judgement.Finding;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class BlacklistVectorTest {

    static Stream<Arguments> vectors() {
        return Vectors.of("blacklist.json");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void aDiskIsJudgedAsTheReferenceJudgesIt(String id, JsonNode in, JsonNode expected) {
        var criterion = in.get("criterion").asText();
        var blacklist = BlacklistText.of(rules(criterion, in.get("blacklist")), rules(criterion, in.get("exceptions")));

        Finding finding;
        if (criterion.equals("path")) {
            var judgement = blacklist.judge(candidate(in.get("path")));
            var left = Set.of("blacklisted", "missing")
                    .contains(expected.get("result").asText());
            assertThat(judgement.isBlacklisted()).isEqualTo(left);
            finding = expected.path("decided_by").isTextual()
                    ? by(judgement, expected.get("decided_by").asText())
                    : judgement.deciding();
            assertThat(left && !finding.equals(judgement.deciding())).isFalse();
        } else {
            finding = blacklist.judge(Criterion.valueOf(criterion.toUpperCase(Locale.ROOT)), candidate(in));
        }

        assertThat(word(finding)).isEqualTo(expected.get("result").asText());
    }

    private static String word(Finding finding) {
        return switch (finding) {
            case Finding.Blacklisted blacklisted -> "blacklisted";
            case Finding.Excepted excepted -> "exception";
            case Finding.PropertyMissing missing -> "missing";
            case Finding.Unmentioned unmentioned -> "none";
        };
    }

    private static Finding by(Judgement judgement, String criterion) {
        return judgement.findings().stream()
                .filter(finding ->
                        finding.criterion().name().toLowerCase(Locale.ROOT).equals(criterion))
                .findFirst()
                .orElseThrow(() -> new AssertionError(criterion + " was not asked: " + judgement));
    }

    /** The input of one criterion, or of a whole path. */
    private static Candidate candidate(JsonNode in) {
        var value = in.path("value").asText();
        var properties = new ArrayList<String>();
        in.path("udev_properties").forEach(property -> properties.add(property.asText()));
        return new Candidate(
                in.path("device").asText(value),
                in.path("protocol").asText(value),
                in.path("vendor").asText(),
                in.path("product").asText(),
                in.path("wwid").asText(value),
                properties,
                in.path("uid_attribute").asText(""));
    }

    private static List<String> rules(String criterion, JsonNode rules) {
        var lines = new ArrayList<String>();
        if (criterion.equals("path")) {
            rules.properties().forEach(field -> lines.addAll(rules(field.getKey(), field.getValue())));
        } else if (criterion.equals("device")) {
            rules.forEach(rule -> {
                lines.add("device {");
                rule.properties()
                        .forEach(part -> lines.add(
                                part.getKey() + " \"" + part.getValue().asText() + "\""));
                lines.add("}");
            });
        } else {
            rules.forEach(rule -> lines.add(criterion + " \"" + rule.asText() + "\""));
        }
        return lines;
    }
}
