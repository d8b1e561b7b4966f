package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.model.DevT;

class StackedTableTest {

    private static final DevT MAP = new DevT(254, 3);
    private static final Set<DevT> PATHS = Set.of(new DevT(8, 16), new DevT(65, 0));

    @Test
    void onlyThePathsOfTheMapAreReplacedAndOnlyAsWholeWords() {
        var table = List.of(
                linear("8:16 2048"), linear("8:1 8:160"), linear("8:32 0"), target("striped", "2 128 65:0 0 8:16 384"));

        assertThat(StackedTable.paths(table, PATHS)).containsExactly(new DevT(8, 16), new DevT(65, 0));
        assertThat(StackedTable.onto(MAP, table, PATHS))
                .extracting(Target::parameters)
                .containsExactly("254:3 2048", "8:1 8:160", "8:32 0", "2 128 254:3 0 254:3 384");
    }

    @Test
    void aDeviceThatStandsElsewhereIsNotMoved() {
        var table = List.of(linear("8:17 2048"), target("zero", ""));

        assertThat(StackedTable.paths(table, PATHS)).isEmpty();
        assertThat(StackedTable.onto(MAP, table, PATHS)).isEqualTo(table);
    }

    @Test
    void aTargetThatKeepsAStateOfItsOwnIsNotMoved() {
        assertThat(StackedTable.immovable(List.of(linear("8:16 0"), target("snapshot", "8:32 8:16 P 8")), PATHS))
                .isEqualTo(Optional.of("snapshot"));
        assertThat(StackedTable.immovable(List.of(linear("8:16 0"), target("snapshot", "8:32 8:48 P 8")), PATHS))
                .isEmpty();
    }

    private static Target linear(String parameters) {
        return target("linear", parameters);
    }

    private static Target target(String type, String parameters) {
        return new Target(0, 2048, type, parameters);
    }
}
