package org.lunwarden.conf.effective;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.vectors.Vectors;

@Tag("vectors")
class CheckIntervalsVectorTest {

    static Stream<Arguments> vectors() {
        return Vectors.states("polling_config");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void thePausesAreThoseOfTheReference(String id, JsonNode in, JsonNode expect) {
        var text = "defaults {\n" + line(in, "polling_interval") + line(in, "max_polling_interval") + "}\n";

        var intervals = CheckIntervals.of(loaded(text).defaults());

        assertThat(intervals.shortest()).as(id).isEqualTo(seconds(expect, "polling_interval"));
        assertThat(intervals.longest()).as(id).isEqualTo(seconds(expect, "max_polling_interval"));
        // the reference's slots repeat after this; paths here have no slots, their pauses must fit in
        var period = seconds(expect, "schedule_period");
        for (var pause = intervals.shortest();
                pause.compareTo(intervals.longest()) < 0;
                pause = pause.multipliedBy(2)) {
            assertThat(period.toMillis() % pause.toMillis()).as(id).isZero();
        }
        assertThat(period.toMillis() % intervals.longest().toMillis()).as(id).isZero();
    }

    private static String line(JsonNode in, String keyword) {
        var value = in.get(keyword);
        return value.isNull() ? "" : keyword + " " + value.asText() + "\n";
    }

    private static Duration seconds(JsonNode expect, String keyword) {
        return Duration.ofSeconds(expect.get(keyword).asLong());
    }

    private static MultipathConf loaded(String text) {
        return switch (MultipathConf.load(List.of(new SourceFile("multipath.conf", text)), false)) {
            case Loaded.Usable(var conf, var problems) -> conf;
            case Loaded.Refused(var problems) -> throw new AssertionError(problems);
        };
    }
}
