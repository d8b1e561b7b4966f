package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.IoResult;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.MapTopology;

class MapSurveyTest {

    private static final String TABLE = "0 0 1 1 service-time 0 2 1 8:16 1 8:32 1";

    private final KernelDouble kernel = new KernelDouble();

    @Test
    void mapsAreFoundByTheirUuidAndNothingIsTouched() {
        kernel.has("mpathb", "mpath-3600b", 2048, TABLE);
        kernel.has("3600a0980", "mpath-3600a0980", 2048, TABLE);
        kernel.has("vg-root", "LVM-abc", 2048, TABLE);
        kernel.has("broken", "mpath-../etc", 2048, TABLE);

        var maps = maps();

        assertThat(maps).extracting(MapTopology::name).containsExactly("3600a0980", "mpathb");
        assertThat(maps.getFirst().groups().getFirst().paths())
                .extracting(path -> path.name().value())
                .containsExactly("sd1", "sd2");
        assertThat(maps.getLast().groups().getFirst().paths()).isEmpty();
        assertThat(kernel.acts()).isEmpty();
    }

    @Test
    void aRefusedListIsARefusal() {
        kernel.refuse("list", 13);

        assertThat(MapSurvey.maps(kernel, List.of())).isInstanceOf(IoResult.Refused.class);
    }

    private List<MapTopology> maps() {
        var paths = List.of(Reports.path(1, PathState.UP, 1), Reports.path(2, PathState.UP, 1));
        var result = MapSurvey.maps(kernel, paths);
        assertThat(result).isInstanceOf(IoResult.Ok.class);
        return ((IoResult.Ok<List<MapTopology>>) result).value();
    }
}
