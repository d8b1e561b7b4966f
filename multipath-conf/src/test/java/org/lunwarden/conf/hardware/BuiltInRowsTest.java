package org.lunwarden.conf.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the built-in table has what the reference's has, and nothing else. */
class BuiltInRowsTest {

    /** How the list of the reference's rows abbreviates keywords. */
    private static final Map<String, String> KEYWORDS = Map.of(
            "npr", "no_path_retry",
            "chk", "path_checker",
            "feat", "features",
            "BL", "product_blacklist",
            "fio", "fast_io_fail_tmo",
            "dl", "dev_loss_tmo",
            "pargs", "prio_args",
            "uid", "uid_attribute",
            "flush", "flush_on_last_del",
            "vpd", "vpd_vendor");

    /** And whole settings. */
    private static final Map<String, String> SETTINGS = Map.of(
            "P", "path_grouping_policy=group_by_prio",
            "M", "path_grouping_policy=multibus",
            "S", "path_grouping_policy=group_by_serial",
            "N", "path_grouping_policy=group_by_node_name",
            "fbI", "failback=immediate",
            "fb15", "failback=15");

    /** And values; 300 s of retries are told in checks of 5 s. */
    private static final Map<String, String> VALUES = Map.of(
            "pgr50", "2 pg_init_retries 50",
            "inf", "infinity",
            "off", "no",
            "USER_FRIENDLY_NAMES_OFF", "no",
            "(300 / DEFAULT_CHECKINT)", "60");

    static Stream<Arguments> rows() throws IOException {
        try (var text = BuiltInRowsTest.class.getResourceAsStream("/hardware/built-in-rows.json")) {
            var rows = new ObjectMapper().readTree(Objects.requireNonNull(text)).get("entries");
            return StreamSupport.stream(rows.spliterator(), false).map(row -> arguments(row.get("order"), row));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aRowSaysWhatTheReferencesSays(JsonNode order, JsonNode row) {
        var entry = HardwareTable.builtIn().entries().get(order.asInt() - 1);

        var said = new TreeMap<String, String>();
        entry.settings().stream().forEach(setting -> {
            var word = setting.text().split(" ", 2);
            said.put(word[0], word[1].replaceAll("^\"|\"$", ""));
        });

        var expected = new TreeMap<>(Map.of(
                "vendor",
                row.get("vendor").asText(),
                "product",
                row.get("product").asText()));
        Arrays.stream(row.get("attributes").asText().split(","))
                .map(attribute -> SETTINGS.getOrDefault(attribute, attribute).split("=", 2))
                .forEach(word ->
                        expected.put(KEYWORDS.getOrDefault(word[0], word[0]), VALUES.getOrDefault(word[1], word[1])));
        assertThat(said).isEqualTo(expected);
    }
}
