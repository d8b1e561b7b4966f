package org.lunwarden.node.uevent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.io.UeventSource.Uevent;
import org.lunwarden.model.DeviceName;
import org.lunwarden.node.site.Site;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class UeventVectorTest {

    private static final String SERIAL = "ID_SERIAL";

    static Stream<Arguments> vectors() {
        return Vectors.of("uevent.json");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void eventsAreReadFilteredAndMergedAsTheReferenceDoes(String id, JsonNode in, JsonNode expected) {
        switch (in.get("op").asText()) {
            case "int_property" -> {
                var value = UeventFacts.number(event(in), in.get("name").asText());
                assertThat(value.isPresent() ? Optional.of(value.getAsInt()) : Optional.<Integer>empty())
                        .isEqualTo(
                                expected.get("value").isNull()
                                        ? Optional.empty()
                                        : Optional.of(expected.get("value").asInt()));
            }
            case "string_property" ->
                assertThat(UeventFacts.text(event(in), in.get("name").asText())).isEqualTo(text(expected.get("value")));
            case "is_multipath_map" ->
                assertThat(UeventFacts.mapOf(event(in)).isPresent())
                        .isEqualTo(expected.get("value").asBoolean());
            case "uid_attribute_for_device" ->
                assertThat(site(in).uidAttribute(device(in))).isEqualTo(text(expected.get("attribute")));
            case "event_wwid" -> assertThat(site(in).unit(event(in))).isEqualTo(text(expected.get("wwid")));
            case "queue" -> queue(in, expected);
            case "discard_by_devnode" ->
                assertThat(Site.parse("blacklist {\ndevnode \""
                                        + in.get("blacklist_devnode").asText() + "\"\n}\n")
                                .ignores(device(in)))
                        .isEqualTo(expected.get("discarded").asBoolean());
            default -> throw new AssertionError("no such operation: " + in);
        }
    }

    private static void queue(JsonNode in, JsonNode expected) {
        var merges = in.get("merge_enabled").asBoolean();
        var site = Site.parse(merges ? "defaults {\nuid_attrs \"sd:ID_SERIAL\"\n}\n" : "");
        var events = each(in.get("events"))
                .map(event -> new Uevent(
                        event.get("action").asText(),
                        new DeviceName(event.get("device").asText()),
                        text(event.get("wwid"))
                                .map(wwid -> Map.of(SERIAL, wwid))
                                .orElse(Map.of())))
                .toList();

        var settled = UeventQueue.settle(events, site::unit);

        var told = new ArrayList<String>();
        settled.forEach(standing -> told.add(standing.event().action() + " "
                + standing.event().device() + " "
                + standing.merged().stream()
                        .map(event -> event.device().value())
                        .toList()));
        assertThat(told)
                .isEqualTo(each(expected.get("queue"))
                        .map(event -> event.get("action").asText() + " "
                                + event.get("device").asText() + " "
                                + each(event.get("merged_devices"))
                                        .map(JsonNode::asText)
                                        .toList())
                        .toList());
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** As udev's environment gives it: a line without an equals sign is no property. */
    private static Uevent event(JsonNode in) {
        var properties = new TreeMap<String, String>();
        each(in.get("environment")).map(JsonNode::asText).forEach(line -> {
            var at = line.indexOf('=');
            if (at > 0) {
                properties.put(line.substring(0, at), line.substring(at + 1));
            }
        });
        return new Uevent("change", new DeviceName(in.path("device").asText("sda")), properties);
    }

    private static Site site(JsonNode in) {
        return Site.parse("defaults {\nuid_attrs \"" + in.get("uid_attrs").asText() + "\"\n}\n");
    }

    private static DeviceName device(JsonNode in) {
        return new DeviceName(in.get("device").asText());
    }

    private static Optional<String> text(JsonNode node) {
        return node.isNull() ? Optional.empty() : Optional.of(node.asText());
    }

    @org.junit.jupiter.api.Test
    void severalEventsThatOneStandsForKeepTheirOrder() {
        var site = Site.parse("defaults {\nuid_attrs \"sd:ID_SERIAL\"\n}\n");
        var events = Stream.of("sda", "sdb", "sdc")
                .map(name -> new Uevent("add", new DeviceName(name), Map.of(SERIAL, "A")))
                .toList();

        var settled = UeventQueue.settle(events, site::unit);

        assertThat(settled).singleElement().satisfies(standing -> {
            assertThat(standing.event().device()).hasToString("sdc");
            assertThat(standing.merged()).isEqualTo(List.of(events.get(0), events.get(1)));
        });
    }
}
