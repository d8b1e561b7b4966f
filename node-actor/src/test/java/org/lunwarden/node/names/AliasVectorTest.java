package org.lunwarden.node.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.node.names.AliasChoice.Added;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class AliasVectorTest {

    static Stream<Arguments> vectors() {
        return Vectors.of("alias.json");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void mapsAreNamedAsTheReferenceNamesThem(String id, JsonNode in, JsonNode expected) {
        switch (in.get("op").asText()) {
            case "id_to_suffix" ->
                assertThat(Alias.letters(in.get("id").asInt())).isEqualTo(text(expected.get("suffix")));
            case "alias_to_id" ->
                assertThat(number(in))
                        .isEqualTo(
                                expected.get("id").isNull()
                                        ? OptionalInt.empty()
                                        : OptionalInt.of(expected.get("id").asInt()));
            case "roundtrip" -> roundTrip(in);
            case "lookup" -> lookUp(in, expected);
            case "wwid_for_alias" ->
                assertThat(bindings(in).wwid(alias(in.get("alias")).orElseThrow()))
                        .isEqualTo(text(expected.get("wwid")));
            case "select_alias" -> select(in, expected);
            case "allocate" ->
                assertThat(Alias.numbered(
                                in.get("prefix").asText(), in.get("id").asInt()))
                        .isEqualTo(alias(expected.get("alias")));
            default -> throw new AssertionError("no such operation: " + in);
        }
    }

    private static void roundTrip(JsonNode in) {
        var prefix = in.get("prefix").asText();
        for (var id = in.get("from").asInt(); id <= in.get("to").asInt(); id++) {
            assertThat(Alias.numbered(prefix, id).orElseThrow().number(prefix)).hasValue(id);
        }
    }

    private static void lookUp(JsonNode in, JsonNode expected) {
        var wwid = in.get("wwid").asText();
        var prefix = in.get("prefix").asText();

        assertThat(bindings(in).alias(wwid)).isEqualTo(alias(expected.get("existing_alias")));
        if (expected.has("first_free_id")) {
            var free = bindings(in).firstFree(prefix, wwid, mapNames(in));
            assertThat(free).contains(expected.get("first_free_id").asInt());
            assertThat(free.flatMap(number -> Alias.numbered(prefix, number)))
                    .isEqualTo(alias(expected.get("would_get")));
        }
    }

    private static void select(JsonNode in, JsonNode expected) {
        var before = bindings(in);
        var wwid = in.get("wwid").asText();

        var choice = AliasChoice.of(
                before,
                wwid,
                alias(in.get("old_alias")),
                in.get("prefix").asText(),
                mapNames(in),
                in.get("bindings_read_only").asBoolean());

        var alias = choice.settled(in.path("bindings_write_succeeds").asBoolean(true));
        assertThat(alias).isEqualTo(alias(expected.get("alias")));
        assertThat(choice instanceof Added && alias.isPresent())
                .isEqualTo(expected.get("binding_added").asBoolean());
        if (choice instanceof Added(var added, var after)) {
            assertThat(before.wwid(added)).isEmpty();
            assertThat(Bindings.parse(after.format()).bindings()).isEqualTo(before.with(added, wwid));
        }
    }

    private static OptionalInt number(JsonNode in) {
        var prefix = text(in.get("prefix"));
        return prefix.isEmpty()
                ? OptionalInt.empty()
                : alias(in.get("alias"))
                        .map(alias -> alias.number(prefix.get()))
                        .orElse(OptionalInt.empty());
    }

    private static Bindings bindings(JsonNode in) {
        return Bindings.parse(in.get("bindings").asText()).bindings();
    }

    private static Map<Alias, String> mapNames(JsonNode in) {
        var names = new TreeMap<Alias, String>();
        in.path("dm_names_in_use")
                .properties()
                .forEach(name ->
                        names.put(new Alias(name.getKey()), name.getValue().asText()));
        return names;
    }

    /** Null stands for none, as an empty name does. */
    private static Optional<Alias> alias(JsonNode node) {
        return text(node).flatMap(Alias::parse);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? Optional.empty() : Optional.of(node.asText());
    }
}
