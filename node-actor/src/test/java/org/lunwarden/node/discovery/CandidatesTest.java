package org.lunwarden.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.value.Choice;
import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.io.Disk;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Hctl;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.HardwareHandler;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.site.SiteDisk;

class CandidatesTest {

    private static final MultipathConf BUILT_IN = MultipathConf.builtIn(false);
    private static final Wwid LUN = new Wwid("3600a098000000001");
    private static final Wwid OTHER = new Wwid("3600a098000000002");
    private static final Known NO_MAPS = maps();

    @Test
    void twoFreeDisksOfOneWwidArePaths() {
        var after = all(Candidates.NONE, disks(free("sdb", LUN), free("sdc", LUN)), NO_MAPS);

        assertThat(words(after)).containsEntry("sdb", "second-path").containsEntry("sdc", "second-path");
        assertThat(after.taken().keySet()).hasToString("[sdb, sdc]");
    }

    @Test
    void aDiskThatIsAloneIsLeft() {
        var after = all(Candidates.NONE, disks(free("sda", OTHER), free("sdb", LUN), free("sdc", LUN)), NO_MAPS);

        assertThat(words(after)).containsEntry("sda", "only-path");
    }

    @Test
    void aDiskThatIsAsItWasIsKeptOnceHoweverOftenItIsRead() {
        var first = all(Candidates.NONE, disks(free("sdb", LUN), free("sdc", LUN)), NO_MAPS);
        var again = all(first, disks(held("sdb", LUN, "mount /"), free("sdc", OTHER)), NO_MAPS);

        assertThat(again.seen().values())
                .extracting(Sighting::disk)
                .first()
                .isSameAs(first.seen().firstEntry().getValue().disk());
        assertThat(again.seen().firstEntry().getValue().holders()).isNotEqualTo(Holders.NONE);
        assertThat(again.seen().lastEntry().getValue().disk().udev()).containsEntry("ID_SERIAL", OTHER.value());
    }

    @Test
    void aLonelyDiskIsTakenWhenTheKernelHasItsMap() {
        var after = all(Candidates.NONE, disks(free("sdb", LUN)), maps(LUN));

        assertThat(words(after)).containsEntry("sdb", "map-exists");
    }

    @Test
    void whatSomebodyHoldsIsNeverTakenNorAreItsSisters() {
        var after = all(Candidates.NONE, disks(held("sdb", LUN, "mount /"), free("sdc", LUN)), NO_MAPS);

        assertThat(words(after)).containsEntry("sdb", "held").containsEntry("sdc", "sister-held");
        assertThat(after.verdicts())
                .containsEntry(
                        new DeviceName("sdc"),
                        new Verdict.Left(Verdict.Obstacle.SISTER_HELD, "sdb is held by mount /"));
    }

    @Test
    void theOnlySisterOfADiskThatCannotBeReadIsNotTakenBeforeThatIsKnownToBeFree() {
        var unread = Map.of(new DeviceName("sdd"), unread(free("sdd", LUN)));
        var looked = looked(free("sdb", LUN), free("sde", OTHER), free("sdf", OTHER));

        var after = Candidates.NONE.after(looked, unread, NO_MAPS);

        assertThat(words(after))
                .containsEntry("sdb", "sister-unread")
                .containsEntry("sde", "second-path")
                .doesNotContainKey("sdd");
        assertThat(after.reason(new DeviceName("sdb"))).isEqualTo("sdd has its WWID and cannot be read");
        var read = after.after(looked(free("sdd", LUN)), Map.of(), NO_MAPS);
        assertThat(read.taken()).hasSize(4);
    }

    @Test
    void twoFreePathsAreTakenThoughAThirdCannotBeRead() {
        var unread = Map.of(new DeviceName("sdd"), unread(free("sdd", LUN)));

        var after = Candidates.NONE.after(looked(free("sdb", LUN), free("sdc", LUN)), unread, NO_MAPS);

        assertThat(words(after)).containsEntry("sdb", "second-path").containsEntry("sdc", "second-path");
    }

    @Test
    void sistersOfADiskThatCannotBeReadAreTakenIntoAMapThatExists() {
        var unread = Map.of(new DeviceName("sdd"), unread(free("sdd", LUN)));

        var after = Candidates.NONE.after(looked(inMapOf(LUN, "sdb", LUN)), unread, maps(LUN));

        assertThat(after.taken()).containsOnlyKeys(new DeviceName("sdb"));
    }

    @Test
    void whatWasFreeOnceIsNotFreeWhenItCannotBeReadAnyMore() {
        var alone = all(Candidates.NONE, disks(free("sdb", LUN)), NO_MAPS);

        var after =
                alone.after(looked(free("sdc", LUN)), Map.of(new DeviceName("sdb"), unread(free("sdb", LUN))), NO_MAPS);

        assertThat(after.taken()).isEmpty();
        assertThat(words(after)).containsOnly(Map.entry("sdc", "sister-unread"));
    }

    @Test
    void aMapMayHaveAPathAmongTheUnreadUnlessTheyTellOtherWwids() {
        var other = new DeviceName("sdb");
        var unknown = new DeviceName("sdc");

        var after = Candidates.NONE.after(Map.of(), Map.of(other, unread(free("sdb", OTHER))), maps(LUN));
        assertThat(after.mayHaveUnread(OTHER)).isTrue();
        assertThat(after.mayHaveUnread(LUN)).isFalse();
        assertThat(after.unreadOf(OTHER)).containsExactly(new DevT(8, 'b'));
        assertThat(after.unreadOf(LUN)).isEmpty();

        assertThat(after.after(
                                Map.of(),
                                Map.of(unknown, new Unread(Optional.of(new DevT(8, 32)), Optional.empty())),
                                maps(LUN))
                        .mayHaveUnread(LUN))
                .isTrue();
        assertThat(after.after(looked(free("sdb", OTHER)), Map.of(), maps(LUN)).mayHaveUnread(OTHER))
                .isFalse();
    }

    static Stream<Arguments> modes() { // mode -> one free disk, two, one that had a map, one whose map is there
        return Stream.of(
                arguments(Choice.FindMultipaths.OFF, "any-disk", "any-disk", "remembered", "map-exists"),
                arguments(Choice.FindMultipaths.GREEDY, "any-disk", "any-disk", "remembered", "map-exists"),
                arguments(Choice.FindMultipaths.ON, "only-path", "second-path", "remembered", "map-exists"),
                arguments(Choice.FindMultipaths.SMART, "only-path", "second-path", "remembered", "map-exists"),
                arguments(Choice.FindMultipaths.STRICT, "unknown-wwid", "unknown-wwid", "remembered", "map-exists"));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void findMultipathsDecidesOnFreeDisks(
            Choice.FindMultipaths mode, String one, String two, String remembered, String mapped) {
        var unknown = new Known(Set.of(), Set.of(OTHER), mode, false, false, Set.of(), true);

        assertThat(words(all(Candidates.NONE, disks(free("sdb", LUN)), unknown)))
                .containsEntry("sdb", one);
        assertThat(words(all(Candidates.NONE, disks(free("sdb", LUN), free("sdc", LUN)), unknown)))
                .containsEntry("sdb", two)
                .containsEntry("sdc", two);
        assertThat(words(all(
                        Candidates.NONE,
                        disks(free("sdb", LUN)),
                        new Known(Set.of(), Set.of(LUN), mode, false, false, Set.of(), true))))
                .containsEntry("sdb", remembered);
        assertThat(words(all(
                        Candidates.NONE,
                        disks(free("sdb", LUN)),
                        new Known(Set.of(LUN), Set.of(), mode, false, false, Set.of(), true))))
                .containsEntry("sdb", mapped);
    }

    @ParameterizedTest
    @EnumSource(Choice.FindMultipaths.class)
    void noModeTakesWhatIsHeldOrItsSisters(Choice.FindMultipaths mode) {
        var known = new Known(Set.of(), Set.of(LUN), mode, false, false, Set.of(), true);

        var after = all(Candidates.NONE, disks(held("sdb", LUN, "mount /"), free("sdc", LUN)), known);

        assertThat(words(after)).containsEntry("sdb", "held").containsEntry("sdc", "sister-held");
    }

    @ParameterizedTest
    @EnumSource(Choice.FindMultipaths.class)
    void noModeGivesUpAWwidThatIsTakenWhileADiskOfItIsLeft(Choice.FindMultipaths mode) {
        var both = all(Candidates.NONE, disks(free("sdb", LUN), free("sdc", LUN)), maps(LUN));

        var after =
                all(both, disks(free("sdb", LUN)), new Known(Set.of(), Set.of(), mode, false, false, Set.of(), true));

        assertThat(after.taken()).containsOnlyKeys(new DeviceName("sdb"));
    }

    @Test
    void aDiskThatNobodyAsksToBeTwoIsAwaitedWhileItsSisterCannotBeRead() {
        var unread = Map.of(new DeviceName("sdd"), unread(free("sdd", LUN)));
        var greedy = new Known(Set.of(), Set.of(), Choice.FindMultipaths.GREEDY, false, false, Set.of(), true);
        var remembered = new Known(Set.of(), Set.of(LUN), Choice.FindMultipaths.STRICT, false, false, Set.of(), true);

        assertThat(words(Candidates.NONE.after(looked(free("sdb", LUN)), unread, greedy)))
                .containsEntry("sdb", "sister-unread");
        assertThat(words(Candidates.NONE.after(looked(free("sdb", LUN)), unread, remembered)))
                .containsEntry("sdb", "remembered");
    }

    @Test
    void whatTheSiteBlacklistsNowLeavesItsMapUnlessThatWereLeftWithoutAPath() {
        var both = all(Candidates.NONE, disks(free("sdb", LUN), free("sdc", LUN)), maps());
        var one = disks(blacklisted("sdb", LUN), free("sdc", LUN));
        var all = disks(blacklisted("sdb", LUN), blacklisted("sdc", LUN));
        var anew = new Known(Set.of(LUN), Set.of(), Choice.FindMultipaths.ON, true, false, Set.of(), true);

        assertThat(words(all(both, one, anew)))
                .containsEntry("sdb", "blacklisted")
                .containsEntry("sdc", "map-exists");
        assertThat(words(all(both, one, maps(LUN)))).containsEntry("sdb", "kept");
        assertThat(words(all(both, all, anew))).containsEntry("sdb", "kept").containsEntry("sdc", "kept");
        assertThat(words(all(all(both, all, anew), all, maps())))
                .containsEntry("sdb", "blacklisted")
                .containsEntry("sdc", "blacklisted");
    }

    @Test
    void onlyADiskThatNothingElseDecidesAboutMayHaveAnOpener() {
        var taken = all(Candidates.NONE, disks(inMapOf(LUN, "sdb", LUN)), maps(LUN));

        assertThat(taken.mayHaveOpener(free("sdc", LUN), maps(LUN))).isTrue();
        assertThat(taken.mayHaveOpener(inMapOf(LUN, "sdc", LUN), maps(LUN))).isFalse();
        assertThat(taken.mayHaveOpener(free("sdb", LUN), maps(LUN))).isFalse();
        assertThat(taken.mayHaveOpener(free("vdb", LUN), maps(LUN))).isFalse();
        assertThat(taken.mayHaveOpener(held("sdc", LUN, "md0"), maps(LUN))).isFalse();
    }

    @Test
    void aHeldDiskIsLeftOutOfAMapThatExists() {
        var after = all(Candidates.NONE, disks(held("sdb", LUN, "swap"), free("sdc", LUN)), maps(LUN));

        assertThat(words(after)).containsEntry("sdb", "held").containsEntry("sdc", "map-exists");
    }

    @Test
    void aDiskInTheMapOfItsWwidIsFree() {
        var after = all(Candidates.NONE, disks(inMapOf(LUN, "sdb", LUN), inMapOf(LUN, "sdc", LUN)), maps(LUN));

        assertThat(words(after)).containsEntry("sdb", "map-exists").containsEntry("sdc", "map-exists");
    }

    @Test
    void aDiskInTheMapOfAnotherWwidIsLeftThere() {
        var after = all(
                Candidates.NONE,
                disks(inMapOf(OTHER, "sdb", LUN), free("sdc", LUN), inMapOf(OTHER, "sdd", OTHER)),
                maps(LUN, OTHER));

        assertThat(words(after))
                .containsExactly(
                        Map.entry("sdb", "held-by-map"),
                        Map.entry("sdc", "map-exists"),
                        Map.entry("sdd", "map-exists"));
        assertThat(after.reason(new DeviceName("sdb")))
                .isEqualTo("held by the map of WWID " + OTHER + ", though it tells WWID " + LUN);
        assertThat(after.inOtherMaps()).containsExactly(new DeviceName("sdb"));
    }

    @Test
    void noMapIsMadeOfAWwidThatAnotherMapGoesTo() {
        var after = all(
                Candidates.NONE, disks(inMapOf(OTHER, "sdb", LUN), free("sdc", LUN), free("sdd", LUN)), maps(OTHER));

        assertThat(after.taken()).isEmpty();
        assertThat(words(after)).containsEntry("sdc", "sister-held").containsEntry("sdd", "sister-held");

        var freed = after.after(Map.of(new DeviceName("sdb"), Optional.of(free("sdb", LUN))), Map.of(), maps(OTHER));
        assertThat(freed.taken()).hasSize(3);
    }

    @Test
    void disksThatAreNoPathDevicesAreLeftEachWithItsReason() {
        var usb = Map.of("ID_BUS", "usb", "ID_SERIAL", LUN.value(), "ID_WWN", "0x1");
        var after = all(
                Candidates.NONE,
                disks(
                        sighting(disk("vda", 1, Map.of(), 8), Optional.of(LUN), Holders.NONE),
                        sighting(disk("sdb", 2, usb, 8), Optional.of(LUN), Holders.NONE),
                        sighting(disk("sdc", 3, Map.of("ID_SERIAL", "x"), 8), Optional.of(LUN), Holders.NONE),
                        sighting(disk("sdd", 4, Map.of(), 8), Optional.empty(), Holders.NONE),
                        sighting(disk("sde", 5, Map.of(), 0), Optional.of(LUN), Holders.NONE),
                        free("sdf", LUN)),
                NO_MAPS);

        assertThat(words(after))
                .containsExactly(
                        Map.entry("sdb", "usb"),
                        Map.entry("sdc", "blacklisted"),
                        Map.entry("sdd", "no-wwid"),
                        Map.entry("sde", "no-size"),
                        Map.entry("sdf", "only-path"),
                        Map.entry("vda", "blacklisted"));
    }

    @Test
    void aUsbDiskIsADiskLikeAnyOtherWhereTheSiteAllowsIt() {
        var usb = Map.of("ID_BUS", "usb", "ID_SERIAL", LUN.value(), "ID_WWN", "0x1");
        var disks = disks(
                sighting(disk("sdb", 2, usb, 8), Optional.of(LUN), Holders.NONE),
                sighting(disk("sdc", 3, usb, 8), Optional.of(LUN), Holders.NONE));
        var allowed = new Known(Set.of(), Set.of(), Choice.FindMultipaths.ON, false, true, Set.of(), true);

        assertThat(all(Candidates.NONE, disks, NO_MAPS).taken()).isEmpty();
        assertThat(all(Candidates.NONE, disks, allowed).taken()).hasSize(2);
    }

    @Test
    void aDiskOfWhichUdevHasToldNothingMakesNoMapBeforeItHasHadItsTime() {
        var disks = disks(
                sighting(disk("sdb", 2, Map.of(), 8), Optional.of(LUN), Holders.NONE),
                sighting(disk("sdc", 3, Map.of(), 8), Optional.of(LUN), Holders.NONE));
        var waited = new Known(
                Set.of(),
                Set.of(),
                Choice.FindMultipaths.ON,
                false,
                false,
                Set.of(new DeviceName("sdb"), new DeviceName("sdc")),
                true);

        var before = all(Candidates.NONE, disks, NO_MAPS);
        assertThat(words(before)).containsExactly(Map.entry("sdb", "no-udev"), Map.entry("sdc", "no-udev"));
        assertThat(before.nameless()).hasSize(2);
        assertThat(all(before, disks, waited).taken()).hasSize(2);
        assertThat(all(Candidates.NONE, disks, maps(LUN)).taken())
                .as("its map is there")
                .hasSize(2);
    }

    @Test
    void aLockDelaysTheMakingOfAMapWhileItLasts() {
        var locked = all(Candidates.NONE, disks(locked("sdb"), free("sdc", LUN), free("sdd", LUN)), NO_MAPS);
        assertThat(words(locked))
                .containsEntry("sdb", "locked")
                .containsEntry("sdc", "sister-held")
                .containsEntry("sdd", "sister-held");
        assertThat(locked.locked()).containsExactly(new DeviceName("sdb"));

        var after = locked.after(looked(free("sdb", LUN)), Map.of(), NO_MAPS);

        assertThat(after.taken()).hasSize(3);
        assertThat(after.locked()).isEmpty();
    }

    @Test
    void aLockKeepsNoPathOutOfAMapThatTheKernelHas() {
        var after = all(Candidates.NONE, disks(locked("sdb"), free("sdc", LUN)), maps(LUN));

        assertThat(words(after)).containsEntry("sdb", "map-exists").containsEntry("sdc", "map-exists");
        assertThat(all(Candidates.NONE, disks(locked("sdb"), held("sdc", LUN, "lvm")), maps(LUN))
                        .taken())
                .containsOnlyKeys(new DeviceName("sdb"));
    }

    @Test
    void whatIsMountedOrInAnotherMapIsHeldByThatThoughItIsLockedToo() {
        var mounted = free("sdb", LUN).heldBy(new Holders(List.of("mount /"), Set.of(), Set.of(), true));
        var elsewhere = free("sdc", LUN).heldBy(new Holders(List.of(), Set.of(OTHER), Set.of(), true));

        var after = all(Candidates.NONE, disks(mounted, elsewhere), maps(LUN, OTHER));

        assertThat(words(after)).containsEntry("sdb", "held").containsEntry("sdc", "held-by-map");
    }

    @Test
    void aDiskThatWasNotOpenedIsTakenOnlyByALookThatReadsIt() {
        var first = new DeviceName("sdb");
        var silent = sighting(disk("sdb", 2, Map.of(), 8), Optional.of(LUN), Holders.NONE);
        var over = new Known(Set.of(), Set.of(LUN), Choice.FindMultipaths.ON, false, false, Set.of(first), true);
        var before = all(Candidates.NONE, disks(silent), NO_MAPS);

        var another = before.after(looked(free("sde", OTHER)), Map.of(), over);
        assertThat(words(another)).containsEntry("sdb", "no-udev");
        assertThat(another.toBeReadAgain(Set.of(first))).containsExactly(first);
        var mounted = another.after(looked(silent.heldBy(by("mount /"))), Map.of(), over);
        assertThat(words(mounted)).containsEntry("sdb", "held");
        var read = another.after(looked(silent), Map.of(), over);
        assertThat(words(read)).containsEntry("sdb", "remembered");
        assertThat(read.toBeReadAgain(Set.of(first))).isEmpty();
    }

    @Test
    void aDiskThatWasReadWithoutUdevIsJudgedAnewWithTheSistersThatCome() {
        var first = new DeviceName("sdb");
        var silent = sighting(disk("sdb", 2, Map.of(), 8), Optional.of(LUN), Holders.NONE);
        var over = new Known(Set.of(), Set.of(), Choice.FindMultipaths.ON, false, false, Set.of(first), true);
        var alone = all(Candidates.NONE, disks(silent), over);
        assertThat(words(alone)).containsEntry("sdb", "only-path");

        var both = alone.after(looked(free("sdc", LUN)), Map.of(), over);

        assertThat(both.taken()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8})
    void aDiskThatWasNotOpenedIsReadAgainWhenItsMapAppears(long sectors) {
        var udev = sectors == 0 ? told(LUN) : Map.<String, String>of();
        var first = new DeviceName("sdb");
        var unopened = sighting(disk("sdb", 2, udev, sectors), Optional.of(LUN), Holders.NONE);
        var before = all(Candidates.NONE, disks(unopened), NO_MAPS);
        assertThat(before.toBeReadAgain(Set.of())).isEmpty();

        var mapped = before.after(looked(free("sde", OTHER)), Map.of(), maps(LUN));

        assertThat(mapped.taken()).isEmpty();
        assertThat(mapped.toBeReadAgain(Set.of())).containsExactly(first);
        var hung = mapped.after(Map.of(), Map.of(first, new Unread(Optional.empty(), Optional.empty())), maps(LUN));
        assertThat(hung.taken()).isEmpty();
        assertThat(hung.toBeReadAgain(Set.of()))
                .as("every look reads it, the first answer calls for one")
                .isEmpty();
        assertThat(hung.after(looked(unopened), Map.of(), maps(LUN)).taken()).containsOnlyKeys(first);
    }

    @Test
    void namespacesArePathsUnlessTheKernelJoinsTheirPathsItself() {
        var after = all(
                Candidates.NONE,
                disks(
                        sighting(namespace("nvme0n1", 0, "nvme0"), Optional.of(LUN), Holders.NONE),
                        sighting(namespace("nvme1n1", 1, "nvme1"), Optional.of(LUN), Holders.NONE),
                        sighting(namespace("nvme2n1", 2, ""), Optional.of(LUN), Holders.NONE)),
                NO_MAPS);

        assertThat(words(after))
                .containsExactly(
                        Map.entry("nvme0n1", "second-path"),
                        Map.entry("nvme1n1", "second-path"),
                        Map.entry("nvme2n1", "native-multipath"));
    }

    @Test
    void aWwidThatIsTakenStaysTakenWithItsLastDisk() {
        var both = all(Candidates.NONE, disks(free("sdb", LUN), free("sdc", LUN)), NO_MAPS);

        var one = both.after(Map.of(new DeviceName("sdb"), Optional.empty()), Map.of(), NO_MAPS);
        var none = one.after(Map.of(new DeviceName("sdc"), Optional.empty()), Map.of(), NO_MAPS);
        var anew = none.after(Map.of(new DeviceName("sdc"), Optional.of(free("sdc", LUN))), Map.of(), NO_MAPS);

        assertThat(words(one)).containsExactly(Map.entry("sdc", "sister-taken"));
        assertThat(words(anew)).containsExactly(Map.entry("sdc", "only-path"));
    }

    @Test
    void aDiskThatIsTakenIsNotGivenUpForAHolderOrForALostSize() {
        var both = all(Candidates.NONE, disks(free("sdb", LUN), free("sdc", LUN)), NO_MAPS);

        var after = both.after(
                Map.of(
                        new DeviceName("sdb"),
                        Optional.of(sighting(disk("sdb", 'b', Map.of(), 0), Optional.of(LUN), by("lvm")))),
                Map.of(),
                NO_MAPS);

        assertThat(after.taken()).hasSize(2);
    }

    @Test
    void aChangedWwidMakesADiskWhatItIsNow() {
        var both = all(Candidates.NONE, disks(free("sdb", LUN), free("sdc", LUN)), NO_MAPS);

        var after = both.after(Map.of(new DeviceName("sdc"), Optional.of(free("sdc", OTHER))), Map.of(), NO_MAPS);

        assertThat(words(after)).containsExactly(Map.entry("sdb", "sister-taken"), Map.entry("sdc", "only-path"));
    }

    @Test
    void aDiskThatTellsItsWwidNoMoreKeepsItAsLongAsItIsTheSameDevice() {
        var both = all(Candidates.NONE, disks(free("sdb", LUN), free("sdc", LUN)), NO_MAPS);
        var mute = sighting(
                disk("sdc", free("sdc", LUN).disk().device().minor(), Map.of(), 8), Optional.empty(), Holders.NONE);
        var another = sighting(disk("sdc", 999, Map.of(), 8), Optional.empty(), Holders.NONE);

        assertThat(both.after(Map.of(new DeviceName("sdc"), Optional.of(mute)), Map.of(), NO_MAPS)
                        .taken())
                .hasSize(2);
        assertThat(words(both.after(Map.of(new DeviceName("sdc"), Optional.of(another)), Map.of(), NO_MAPS)))
                .containsEntry("sdc", "no-wwid");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261121})
    void freeDisksAreTakenAlikeInWhateverOrderTheyAreSeen(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++) {
            var all = randomDisks(random);
            all.values().removeIf(seen -> !seen.holders().equals(Holders.NONE));
            var sightings = new ArrayList<>(all.values());
            Collections.shuffle(sightings, random);
            var oneByOne = Candidates.NONE;
            for (var seen : sightings) {
                oneByOne = oneByOne.after(Map.of(seen.disk().name(), Optional.of(seen)), Map.of(), NO_MAPS);
            }

            assertThat(oneByOne.taken())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(all(Candidates.NONE, all, NO_MAPS).taken());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6, 20261121})
    void noWwidIsEverTakenThatHadNoMapAndNoSecondFreeDiskAtOnce(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 100; round++) {
            var candidates = Candidates.NONE;
            var allowed = new HashSet<Wwid>();
            for (var step = 0; step < 20; step++) {
                var all = randomDisks(random);
                candidates = all(candidates, all, NO_MAPS);
                var free = all.values().stream()
                        .collect(Collectors.groupingBy(seen -> seen.wwid().orElseThrow()));
                free.forEach((wwid, seen) -> {
                    if (seen.size() >= 2
                            && seen.stream().allMatch(one -> one.holders().equals(Holders.NONE))) {
                        allowed.add(wwid);
                    }
                });

                assertThat(candidates.taken().values())
                        .as("seed %d round %d step %d", seed, round, step)
                        .allMatch(seen -> allowed.contains(seen.wwid().orElseThrow()));
            }
        }
    }

    private static Map<DeviceName, Sighting> randomDisks(Random random) {
        var all = new TreeMap<DeviceName, Sighting>();
        for (var letter = 'b'; letter < 'h'; letter++) {
            if (random.nextInt(3) > 0) {
                var wwid = new Wwid("3600a09800000000" + random.nextInt(3));
                var name = "sd" + letter;
                all.put(new DeviceName(name), random.nextInt(6) == 0 ? held(name, wwid, "mount") : free(name, wwid));
            }
        }
        return all;
    }

    private static Map<String, String> words(Candidates candidates) {
        var words = new TreeMap<String, String>();
        candidates.verdicts().forEach((name, verdict) -> words.put(name.value(), verdict.word()));
        return words;
    }

    /** What follows from a look at all disks, each of which could be read. */
    private static Candidates all(Candidates before, Map<DeviceName, Sighting> all, Known known) {
        var looked = new HashMap<DeviceName, Optional<Sighting>>();
        before.seen().keySet().forEach(name -> looked.put(name, Optional.empty()));
        all.forEach((name, sighting) -> looked.put(name, Optional.of(sighting)));
        return before.after(looked, Map.of(), known);
    }

    /** By udev. */
    private static Map<String, String> told(Wwid wwid) {
        return Map.of("ID_SERIAL", wwid.value(), "ID_WWN", "0x1");
    }

    private static Known maps(Wwid... maps) {
        return new Known(Set.of(maps), Set.of(), Choice.FindMultipaths.ON, false, false, Set.of(), true);
    }

    private static Unread unread(Sighting identified) {
        return new Unread(Optional.of(identified.disk().device()), Optional.of(identified));
    }

    private static Map<DeviceName, Optional<Sighting>> looked(Sighting... sightings) {
        return disks(sightings).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, disk -> Optional.of(disk.getValue())));
    }

    private static Map<DeviceName, Sighting> disks(Sighting... sightings) {
        var all = new HashMap<DeviceName, Sighting>();
        for (var sighting : sightings) {
            all.put(sighting.disk().name(), sighting);
        }
        return all;
    }

    private static Sighting free(String name, Wwid wwid) {
        return sighting(disk(name, name.charAt(2), told(wwid), 2048), Optional.of(wwid), Holders.NONE);
    }

    private static Sighting blacklisted(String name, Wwid wwid) {
        var disk = disk(name, name.charAt(2), Map.of("ID_BUS", "scsi"), 2048);
        var judgement =
                Site.parse("blacklist {\ndevnode " + name + "\n}\n").look(disk).judgement();
        return new Sighting(disk, Optional.of(wwid), judgement, Holders.NONE);
    }

    private static Sighting held(String name, Wwid wwid, String holder) {
        return sighting(disk(name, name.charAt(2), told(wwid), 2048), Optional.of(wwid), by(holder));
    }

    private static Sighting locked(String name) {
        return free(name, LUN).heldBy(new Holders(List.of(), Set.of(), Set.of(), true));
    }

    private static Holders by(String holder) {
        return new Holders(List.of(holder), Set.of());
    }

    private static Sighting inMapOf(Wwid map, String name, Wwid wwid) {
        return sighting(
                disk(name, name.charAt(2), told(wwid), 2048), Optional.of(wwid), new Holders(List.of(), Set.of(map)));
    }

    /** As a site without a word sees it. */
    private static Sighting sighting(Disk disk, Optional<Wwid> wwid, Holders holders) {
        return new Sighting(disk, wwid, SiteDisk.of(BUILT_IN, disk).judgement(), holders);
    }

    private static Disk disk(String name, int minor, Map<String, String> udev, long sectors) {
        var hctl = Optional.of(new Hctl(2, 0, 0, minor));
        return disk(name, new DevT(8, minor), hctl, udev, sectors, new PortFacts.Opaque("scsi_debug", 2));
    }

    private static Disk namespace(String name, int minor, String controller) {
        var ports = new PortFacts.Nvme(controller, "tcp", "", "", "", "", "", 1, "", "");
        return disk(name, new DevT(259, minor), Optional.empty(), Map.of("ID_WWN", "uuid.1"), 2048, ports);
    }

    private static Disk disk(
            String name, DevT device, Optional<Hctl> hctl, Map<String, String> udev, long sectors, PortFacts ports) {
        return new Disk(
                new DeviceName(name),
                device,
                hctl,
                "VENDOR",
                "PRODUCT",
                "1",
                sectors,
                false,
                "running",
                "",
                Optional.empty(),
                HardwareHandler.NONE,
                List.of(),
                List.of(),
                udev,
                ports,
                Optional.empty());
    }
}
