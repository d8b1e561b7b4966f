package org.lunwarden.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.map.plan.KernelView;
import org.lunwarden.map.plan.MapAction;
import org.lunwarden.model.PathState;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.settings.GroupingPolicy;

class MapNameTest extends MapByHand {

    private static final String UUID = "mpath-" + Reports.WWID;
    private static final String TABLE = "0 0 1 1 service-time 0 1 1 8:16 1";

    @Test
    void noMapIsMadeBeforeItsNameIsSaid() {
        called(new MapName.Unsaid());

        is(Reports.path(1, PathState.UP, 50));
        assertThat(kernel.acts()).isEmpty();
        life.nameIs(new MapName.Wanted("mpatha"));
        settle();

        assertThat(kernel.exists("mpatha")).isTrue();
    }

    @Test
    void aMapThatTheKernelHasKeepsItsNameUntilAnotherIsWanted() {
        called(new MapName.Unsaid());
        kernel.has("mpathq", UUID, Reports.SECTORS, TABLE);

        is(Reports.path(1, PathState.UP, 50));
        life.nameIs(new MapName.OfNewMap(Reports.WWID.value()));
        settle();
        assertThat(kernel.exists("mpathq")).isTrue();
        life.nameIs(new MapName.Wanted("data"));
        settle();

        assertThat(kernel.exists("data")).isTrue();
        assertThat(kernel.exists("mpathq")).isFalse();
        assertThat(kernel.acts()).noneMatch(act -> act.startsWith("create"));
    }

    @ParameterizedTest
    @CsvSource({
        "mpatha1, mpatha, data, data1",
        "mpatha-part1, mpatha, data, data-part1",
        "mpatha12, mpatha, lun7, lun7p12",
        "lun7p2, lun7, data, data2",
        "lun7p2, lun7, lun8, lun8p2"
    })
    void partitionsAreNamedAfterTheirMap(String partition, String from, String to, String name) {
        assertThat(Partitions.renamed(partition, from, to)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"swap", "mpatha", "mpatha-root", "mpatha1x", "boot1"})
    void aPartitionThatIsNotNamedAfterItsMapKeepsItsName(String partition) {
        assertThat(Partitions.renamed(partition, "mpatha", "data")).isEmpty();
    }

    @Test
    void aMapsPartitionsFollowItToItsNewNameAndOneThatCannotStays() {
        called(new MapName.Wanted("mpatha"));
        is(Reports.path(1, PathState.UP, 50));
        kernel.hasPartition("mpatha1", "mpatha", 1);
        kernel.hasPartition("mpatha2", "mpatha", 2);
        kernel.hasPartition("boot", "mpatha", 3);
        kernel.refuse("rename mpatha1 data1", 16);

        life.nameIs(new MapName.Wanted("data"));
        settle();

        assertThat(kernel.exists("data")).isTrue();
        assertThat(kernel.exists("data2")).isTrue();
        assertThat(kernel.exists("mpatha1")).isTrue();
        assertThat(kernel.exists("boot")).isTrue();
    }

    @Test
    void aMapThatSomebodyRenamedIsTheSameMapAndGetsItsNameBack() {
        called(new MapName.Wanted("data"));
        is(Reports.path(1, PathState.UP, 50));

        kernel.rename("data", "elsewhere", UdevFlags.NONE);
        lookAgain();

        assertThat(kernel.exists("data")).isTrue();
        assertThat(kernel.acts()).filteredOn(act -> act.startsWith("create")).hasSize(1);
    }

    @Test
    void aMapWhoseNameAnotherDeviceHasIsMadeUnderItsWwidUntilTheNameIsFree() {
        called(new MapName.Wanted("data"));
        kernel.has("data", "LVM-x", 8, TABLE);

        is(Reports.path(1, PathState.UP, 50));
        assertThat(kernel.acts()).singleElement().asString().startsWith("create " + Reports.WWID);
        life.nameIsFree("other");
        settle();
        assertThat(kernel.acts()).hasSize(1);
        kernel.vanish("data");
        life.nameIsFree("data");
        settle();

        assertThat(kernel.acts()).last().isEqualTo("rename " + Reports.WWID + " data");
    }

    @Test
    void aMapWhoseWwidIsTheNameOfAnotherDeviceIsNotMade() {
        called(new MapName.Wanted(Reports.WWID.value()));
        kernel.has(Reports.WWID.value(), "LVM-x", 8, TABLE);

        is(Reports.path(1, PathState.UP, 50));

        assertThat(kernel.acts()).isEmpty();
        assertThat(life.next(now)).isInstanceOf(MapAction.Reject.class);
    }

    @Test
    void aNameThatAnotherDeviceHasIsNotTakenAndAnotherNameIsTriedAtOnce() {
        called(new MapName.Wanted("data"));
        kernel.has("data", "LVM-x", 8, TABLE);

        is(Reports.path(1, PathState.UP, 50));
        life.nameIs(new MapName.Wanted(Reports.WWID.value()));
        settle();

        assertThat(kernel.exists(Reports.WWID.value())).isTrue();
        assertThat(KernelReader.read(kernel, Reports.WWID, "data")).isInstanceOf(KernelView.Present.class);
    }

    @Test
    void aMapWhoseWantedNameAnotherDeviceHasKeepsItsOwnAndIsKeptAllTheSame() {
        anotherDeviceHasItsName();

        assertThat(kernel.acts()).noneMatch(act -> act.startsWith("rename"));
        assertThat(kernel.tableText("mpathq")).contains("8:32");
    }

    @Test
    void aTakenNameIsTriedAgainAfterTenMinutesAndNotBefore() {
        anotherDeviceHasItsName();
        kernel.vanish("data");

        passes(Duration.ofMinutes(10).minusMillis(1));
        assertThat(kernel.exists("mpathq")).isTrue();
        passes(Duration.ofMillis(1));

        assertThat(kernel.exists("data")).isTrue();
    }

    @Test
    void anotherNameIsARenameThatGoesTogetherWithAReload() {
        called(new MapName.Wanted("mpatha"));
        is(Reports.path(1, PathState.UP, 1));
        kernel.calls.clear();

        life.nameIs(new MapName.Wanted("data"));
        is(Reports.path(2, PathState.UP, 1));

        assertThat(kernel.acts())
                .containsExactly("rename mpatha data", "reload data KEEP_IO 0 0 1 1 service-time 0 2 1 8:16 1 8:32 1");
    }

    @Test
    void aPathIsFailedBeforeTheMapIsRenamed() {
        called(new MapName.Wanted("mpatha"));
        is(Reports.path(1, PathState.UP, 1), Reports.path(2, PathState.UP, 1));
        kernel.calls.clear();

        life.nameIs(new MapName.Wanted("data"));
        is(Reports.path(1, PathState.DOWN, 1));

        assertThat(kernel.acts()).containsExactly("message fail_path 8:16", "rename mpatha data");
    }

    @Test
    void aPathIsFailedAtOnceInAMapThatSomebodyHasRenamedUnheard() {
        called(new MapName.Wanted("data"));
        is(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 50));
        kernel.calledByOthers("data", "elsewhere");

        is(Reports.path(1, PathState.DOWN, 50));

        assertThat(kernel.failed("data")).containsExactly(Reports.device(1));
    }

    @Test
    void aTableThatWasRefusedForTheNameIsLoadedUnderTheOther() {
        called(new MapName.Wanted("data"));
        is(Reports.path(1, PathState.UP, 50));
        kernel.calledByOthers("data", "elsewhere");

        is(Reports.path(2, PathState.UP, 50));
        life.nameIs(new MapName.Wanted("elsewhere"));
        settle();

        assertThat(kernel.tableText("elsewhere")).contains("8:16", "8:32");
    }

    private void anotherDeviceHasItsName() {
        called(new MapName.Wanted("data"));
        kernel.has("data", "LVM-x", 8, TABLE);
        kernel.has("mpathq", UUID, Reports.SECTORS, TABLE);
        is(Reports.path(1, PathState.UP, 50), Reports.path(2, PathState.UP, 50));
    }

    private void called(MapName name) {
        life = new MapLife(Reports.WWID, Settings.of(GroupingPolicy.MULTIBUS), name);
    }
}
