package org.lunwarden.io.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.lunwarden.io.DeviceMapper.SuspendMode.FLUSH;
import static org.lunwarden.io.DeviceMapper.SuspendMode.KEEP_IO;
import static org.lunwarden.io.contract.Expect.eventually;
import static org.lunwarden.io.contract.Expect.ok;
import static org.lunwarden.io.contract.Expect.refusedWith;
import static org.lunwarden.io.contract.Expect.soon;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.DeviceMapper.Event;
import org.lunwarden.io.DeviceMapper.Info;
import org.lunwarden.io.DeviceMapper.SuspendMode;
import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;

/**
 * What {@link DeviceMapper} promises, and how the kernel's {@code multipath} target behaves (drivers/md/dm-mpath.c, as
 * seen on Linux 6.1). In the texts, {@code P0} to {@code P3} stand for the paths' device numbers, {@code Q0} for a path
 * of the other LUN.
 */
public abstract class DeviceMapperContract {

    private static final int ENXIO = 6;
    private static final int EBUSY = 16;
    private static final int EINVAL = 22;

    private static final String MAP = "contract-map";
    private static final String UUID = "mpath-contract-map";
    /** libdevmapper writes some of it in other characters. */
    private static final String ODD = "contract-(odd)*é";

    private static final String TWO_GROUPS =
            "1 queue_if_no_path 0 2 1 service-time 0 2 1 P0 1 P1 1 service-time 0 2 1 P2 1 P3 1";

    private HostFixture fixture;
    private DeviceMapper mapper;
    private long sectors;

    protected abstract HostFixture open();

    @BeforeEach
    void openFixture() {
        fixture = open();
        mapper = fixture.ports().deviceMapper();
        sectors =
                ok(fixture.ports().blockDevices().disk(fixture.paths(0).get(0))).sizeSectors();
    }

    @AfterEach
    void closeFixture() {
        for (var name : List.of("contract-top", MAP, "contract-other", "contract-renamed", ODD)) {
            if (mapper.info(name) instanceof IoResult.Ok<Info>) {
                mapper.message(name, "fail_if_no_path");
                mapper.resume(name, UdevFlags.NONE);
                fixture.settle();
                mapper.remove(name, true);
            }
        }
        fixture.close();
    }

    @Nested
    class Devices {

        @Test
        void aCreatedMapIsListedAndStarted() {
            var device = create(MAP, UUID, TWO_GROUPS);

            var info = ok(mapper.info(MAP));
            assertThat(info.name()).isEqualTo(MAP);
            assertThat(info.uuid()).isEqualTo(UUID);
            assertThat(info.device()).isEqualTo(device);
            assertThat(info.suspended()).isFalse();
            assertThat(info.readOnly()).isFalse();
            assertThat(info.liveTable()).isTrue();
            assertThat(info.inactiveTable()).isFalse();
            assertThat(info.eventNumber()).isZero();
            assertThat(ok(mapper.list()))
                    .filteredOn(listed -> listed.name().equals(MAP))
                    .singleElement()
                    .satisfies(listed -> {
                        assertThat(listed.uuid()).isEqualTo(UUID);
                        assertThat(listed.device()).isEqualTo(device);
                        assertThat(listed.eventNumber()).isZero();
                    });
        }

        @Test
        void aDeviceIsFoundByItsUuidWhateverItsName() {
            create(MAP, UUID, TWO_GROUPS);
            ok(mapper.rename(MAP, "contract-renamed", UdevFlags.NONE));

            assertThat(ok(mapper.statusOf(UUID)))
                    .isEqualTo(new DeviceMapper.Status(
                            ok(mapper.info("contract-renamed")), ok(mapper.status("contract-renamed"))));
            assertThat(refusedWith(mapper.statusOf(UUID + "x"))).isEqualTo(ENXIO);
            assertThat(refusedWith(mapper.statusOf(""))).isEqualTo(EINVAL);
        }

        @Test
        void aDeviceThatWasMadeSettlesAndOneThatWasNotIsNotAwaited() {
            ok(mapper.create(MAP, UUID, false, multipath(TWO_GROUPS), UdevFlags.NONE));

            assertThat(mapper.settled(MAP)).succeedsWithin(UdevFlags.NONE.patience());
            assertThat(mapper.settled(MAP)).isCompleted();
            assertThat(mapper.settled("contract-other")).isCompleted();
        }

        @Test
        void aReadOnlyMapSaysSo() {
            ok(mapper.create(MAP, UUID, true, multipath(TWO_GROUPS), UdevFlags.NONE));

            fixture.settle();
            assertThat(ok(mapper.info(MAP)).readOnly()).isTrue();
        }

        @Test
        void aNameThatNoDeviceHasIsRefused() {
            assertThat(refusedWith(mapper.info(MAP))).isEqualTo(ENXIO);
            assertThat(refusedWith(mapper.table(MAP))).isEqualTo(ENXIO);
            assertThat(refusedWith(mapper.status(MAP))).isEqualTo(ENXIO);
            assertThat(refusedWith(mapper.reload(MAP, false, multipath(TWO_GROUPS), KEEP_IO, UdevFlags.NONE)))
                    .isEqualTo(ENXIO);
            assertThat(refusedWith(mapper.suspend(MAP, KEEP_IO))).isEqualTo(ENXIO);
            assertThat(refusedWith(mapper.resume(MAP, UdevFlags.NONE))).isEqualTo(ENXIO);
            assertThat(refusedWith(mapper.remove(MAP, false))).isEqualTo(ENXIO);
            assertThat(refusedWith(mapper.rename(MAP, "contract-renamed", UdevFlags.NONE)))
                    .isEqualTo(ENXIO);
            assertThat(refusedWith(mapper.message(MAP, "fail_if_no_path"))).isEqualTo(ENXIO);
        }

        @Test
        void aNameOrUuidThatIsTakenIsRefused() {
            create(MAP, UUID, TWO_GROUPS);

            assertThat(refusedWith(mapper.create(MAP, "mpath-other", false, multipath(TWO_GROUPS), UdevFlags.NONE)))
                    .isEqualTo(EBUSY);
            assertThat(refusedWith(mapper.create("contract-other", UUID, false, multipath(TWO_GROUPS), UdevFlags.NONE)))
                    .isEqualTo(EBUSY);
            assertThat(refusedWith(mapper.info("contract-other"))).isEqualTo(ENXIO);
            assertThat(ok(mapper.info(MAP)).suspended()).isFalse();
        }

        @Test
        void aRenamedMapKeepsItsIdentityAndItsTable() {
            var device = create(MAP, UUID, TWO_GROUPS);
            var table = ok(mapper.table(MAP));

            ok(mapper.rename(MAP, "contract-renamed", UdevFlags.NONE));

            assertThat(refusedWith(mapper.info(MAP))).isEqualTo(ENXIO);
            var info = ok(mapper.info("contract-renamed"));
            assertThat(info.uuid()).isEqualTo(UUID);
            assertThat(info.device()).isEqualTo(device);
            assertThat(info.eventNumber()).isEqualTo(1);
            assertThat(ok(mapper.table("contract-renamed"))).isEqualTo(table);
        }

        @Test
        void aMapIsNotRenamedToANameThatIsTaken() {
            create(MAP, UUID, TWO_GROUPS);
            create("contract-other", "mpath-contract-other", "0 0 1 1 round-robin 0 1 1 Q0 1");

            assertThat(refusedWith(mapper.rename(MAP, "contract-other", UdevFlags.NONE)))
                    .isEqualTo(EBUSY);
            assertThat(ok(mapper.info(MAP)).uuid()).isEqualTo(UUID);
        }

        @Test
        void anOpenMapIsNotRemovedUnlessDeferred() {
            var device = create(MAP, UUID, TWO_GROUPS);
            fixture.settle();
            ok(mapper.create(
                    "contract-top",
                    "LVM-contract-top",
                    false,
                    List.of(new Target(0, sectors, "linear", device + " 0")),
                    UdevFlags.NONE));

            assertThat(ok(mapper.info(MAP)).openCount()).isPositive();
            assertThat(refusedWith(mapper.remove(MAP, false))).isEqualTo(EBUSY);
            ok(mapper.remove(MAP, true));
            assertThat(ok(mapper.info(MAP)).uuid()).isEqualTo(UUID);

            fixture.settle();
            ok(mapper.remove("contract-top", false));
            eventually("the map is gone with its last user", () -> mapper.info(MAP) instanceof IoResult.Refused<Info>);
        }

        @Test
        void aDeferredRemovalIsToldAndCanBeCancelled() {
            var device = create(MAP, UUID, TWO_GROUPS);
            fixture.settle();
            var top = List.of(new Target(0, sectors, "linear", device + " 0"));
            ok(mapper.create("contract-top", "LVM-contract-top", false, top, UdevFlags.NONE));
            assertThat(ok(mapper.info(MAP)).deferredRemove()).isFalse();
            ok(mapper.remove(MAP, true));
            assertThat(ok(mapper.info(MAP)).deferredRemove()).isTrue();

            ok(mapper.message(MAP, "@cancel_deferred_remove"));
            assertThat(ok(mapper.info(MAP)).deferredRemove()).isFalse();
            fixture.settle();
            ok(mapper.remove("contract-top", false));
            fixture.settle();

            assertThat(ok(mapper.info(MAP)).uuid()).isEqualTo(UUID);
        }

        @Test
        void aRemovedMapIsGone() {
            create(MAP, UUID, TWO_GROUPS);
            fixture.settle();

            ok(mapper.remove(MAP, false));

            assertThat(refusedWith(mapper.info(MAP))).isEqualTo(ENXIO);
            assertThat(ok(mapper.list())).noneMatch(device -> device.name().equals(MAP));
        }
    }

    @Nested
    class Tables {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            0 0 1 1 round-robin 0 2 1 P0 1 P1 1         | 0 0 1 1 round-robin 0 2 1 P0 1 P1 1
            0 0 1 1 queue-length 0 1 1 P0 1             | 0 0 1 1 queue-length 0 1 1 P0 1
            0 0 1 1 service-time 0 2 1 P0 1 P1 1        | 0 0 1 1 service-time 0 2 2 P0 1 1 P1 1 1
            0 0 1 1 service-time 0 1 2 P0 1 5           | 0 0 1 1 service-time 0 1 2 P0 1 5
            0 0 1 1 service-time 0 1 0 P0               | 0 0 1 1 service-time 0 1 2 P0 1 1
            1 queue_if_no_path 0 2 2 round-robin 0 1 1 P0 1 round-robin 0 1 1 P1 1 | 1 queue_if_no_path 0 2 2 round-robin 0 1 1 P0 1 round-robin 0 1 1 P1 1
            3 pg_init_retries 50 queue_if_no_path 0 1 1 round-robin 0 1 1 P0 1 | 3 queue_if_no_path pg_init_retries 50 0 1 1 round-robin 0 1 1 P0 1
            2 pg_init_delay_msecs 7 0 1 1 round-robin 0 1 1 P0 1 | 2 pg_init_delay_msecs 7 0 1 1 round-robin 0 1 1 P0 1
            0 0 0 0                                     | 0 0 0 0
            """)
        void theKernelReadsBackATableInItsOwnWords(String loaded, String readBack) {
            create(MAP, UUID, loaded.strip());
            // A device scan switches to the initial group by its first I/O and so changes what the text says of it.
            assertThat(tableOf(MAP)).isEqualTo(numbers(readBack.strip()));
            assertThat(ok(mapper.table(MAP)))
                    .singleElement()
                    .satisfies(target -> assertThat(List.of(target.startSector(), target.sectors()))
                            .containsExactly(0L, sectors));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            0 0 1 1 nonsense 0 1 1 P0 1                 | 22
            0 0 1 1 round-robin 0 1 1 250:99 1          | 6
            0 0 1 1 round-robin 0 1 1 nonsense 1        | 19
            1 nonsense 0 1 1 round-robin 0 1 1 P0 1     | 22
            0 0 1 1 round-robin 0 0 1                   | 22
            0 0 1 0 round-robin 0 1 1 P0 1              | 22
            0 0 0 1                                     | 22
            0 0 2 1 round-robin 0 1 1 P0 1              | 22
            0 0 1 1 round-robin 0 2 1 P0 1              | 22
            0 0 1 1 round-robin 0 1 2 P0 1 1            | 22
            0 0 1                                       | 22
            0 0 1 x round-robin 0 1 1 P0 1              | 22
            2 queue_if_no_path 0 1 1 round-robin 0 1 1 P0 1 | 22
            """)
        void aTableThatTheKernelDoesNotTakeLeavesNothingBehind(String parameters, int errno) {
            var result = mapper.create(MAP, UUID, false, multipath(parameters.strip()), UdevFlags.NONE);

            assertThat(refusedWith(result)).isEqualTo(errno);
            assertThat(refusedWith(mapper.info(MAP))).isEqualTo(ENXIO);
        }

        @Test
        void anUnknownTargetTypeIsRefused() {
            var result =
                    mapper.create(MAP, UUID, false, List.of(new Target(0, sectors, "nonsense", "1 2")), UdevFlags.NONE);

            assertThat(refusedWith(result)).isEqualTo(EINVAL);
        }

        @Test
        void aRefusedReloadKeepsTheOldTable() {
            create(MAP, UUID, TWO_GROUPS);
            var before = tableOf(MAP);

            var result =
                    mapper.reload(MAP, false, multipath("0 0 1 1 round-robin 0 1 1 250:99 1"), KEEP_IO, UdevFlags.NONE);

            assertThat(refusedWith(result)).isEqualTo(ENXIO);
            assertThat(tableOf(MAP)).isEqualTo(before);
            var info = ok(mapper.info(MAP));
            assertThat(info.suspended()).isFalse();
            assertThat(info.inactiveTable()).isFalse();
            assertThat(soon(fixture.readMap(MAP))).isInstanceOf(IoResult.Ok.class);
        }

        @Test
        void aTableBeyondTheEndOfItsPathsIsRefusedWhenItShouldStart() {
            create(MAP, UUID, TWO_GROUPS);
            var before = tableOf(MAP);
            var tooLong = new Target(0, sectors * 2, "multipath", numbers("0 0 1 1 service-time 0 1 1 P0 1"));

            var result = mapper.reload(MAP, false, List.of(tooLong), FLUSH, UdevFlags.NONE);

            assertThat(refusedWith(result)).isEqualTo(EINVAL);
            assertThat(tableOf(MAP)).isEqualTo(before);
            var info = ok(mapper.info(MAP));
            assertThat(info.suspended()).isFalse();
            assertThat(info.inactiveTable()).isFalse();
        }

        @Test
        void aMultipathMapDoesNotBecomeAnotherKindOfDevice() {
            create(MAP, UUID, TWO_GROUPS);
            var linear = List.of(new Target(0, sectors, "linear", numbers("P0 0")));

            assertThat(refusedWith(mapper.reload(MAP, false, linear, KEEP_IO, UdevFlags.NONE)))
                    .isEqualTo(EINVAL);
            assertThat(ok(mapper.table(MAP)).get(0).type()).isEqualTo("multipath");
        }

        @Test
        void aTableIsExchangedOnlyForTheOneThatWasThere() {
            create(MAP, UUID, TWO_GROUPS);
            var before = ok(mapper.table(MAP));
            var next = multipath("0 0 1 1 round-robin 0 2 1 P0 1 P1 1");
            ok(exchange(before, next));
            assertThat(tableOf(MAP)).isEqualTo(numbers("0 0 1 1 round-robin 0 2 1 P0 1 P1 1"));

            assertThat(refusedWith(exchange(before, before))).isEqualTo(EBUSY);

            assertThat(tableOf(MAP)).isEqualTo(numbers("0 0 1 1 round-robin 0 2 1 P0 1 P1 1"));
            assertThat(ok(mapper.info(MAP)).suspended()).isFalse();
            assertThat(ok(mapper.info(MAP)).inactiveTable()).isFalse();
            assertThat(soon(fixture.readMap(MAP))).isInstanceOf(IoResult.Ok.class);
            ok(mapper.suspend(MAP, KEEP_IO));
            assertThat(refusedWith(exchange(ok(mapper.table(MAP)), before))).isEqualTo(EBUSY);
            ok(mapper.resume(MAP, UdevFlags.NONE));
        }

        @Test
        void anExchangeIsGivenUpAtTheLastLookAndLeavesNothing() {
            create(MAP, UUID, TWO_GROUPS);
            var before = ok(mapper.table(MAP));
            var next = multipath("0 0 1 1 round-robin 0 2 1 P0 1 P1 1");
            var seen = new CopyOnWriteArrayList<List<Target>>();

            var result = mapper.exchange(
                    MAP,
                    false,
                    before,
                    next,
                    () -> {
                        seen.add(ok(mapper.inactiveTable(MAP)));
                        return new IoResult.Refused<>(ENXIO, "look", "another map");
                    },
                    UdevFlags.NONE);

            assertThat(refusedWith(result)).isEqualTo(ENXIO);
            assertThat(seen).hasSize(1);
            assertThat(seen.getFirst()).extracting(Target::type).containsExactly("multipath");
            assertThat(ok(mapper.table(MAP))).isEqualTo(before);
            assertThat(ok(mapper.inactiveTable(MAP))).isEmpty();
        }

        @Test
        void anExchangeThatWasCutOffIsTakenUpAndWhatOthersLoadedStays() {
            var map = create(MAP, UUID, TWO_GROUPS);
            var path = List.of(new Target(0, sectors, "linear", numbers("P0 0")));
            var onMap = List.of(new Target(0, sectors, "linear", map + " 0"));
            ok(mapper.create("contract-top", "", false, path, UdevFlags.NONE));
            assertThatIllegalStateException()
                    .isThrownBy(() -> mapper.exchange(
                            "contract-top",
                            false,
                            path,
                            onMap,
                            () -> {
                                throw new IllegalStateException("cut off");
                            },
                            UdevFlags.NONE));
            assertThat(ok(mapper.inactiveTable("contract-top"))).isEqualTo(onMap);
            assertThat(ok(mapper.table("contract-top"))).isEqualTo(path);

            var other = List.of(new Target(0, sectors, "linear", numbers("P1 0")));
            var busy = mapper.exchange("contract-top", false, path, other, IoResult::done, UdevFlags.NONE);

            assertThat(refusedWith(busy)).isEqualTo(EBUSY);
            assertThat(ok(mapper.inactiveTable("contract-top"))).isEqualTo(onMap);
            ok(mapper.exchange("contract-top", false, path, onMap, IoResult::done, UdevFlags.NONE));
            assertThat(ok(mapper.table("contract-top"))).isEqualTo(onMap);
            assertThat(ok(mapper.info("contract-top")).inactiveTable()).isFalse();
        }

        @Test
        void aReloadBringsTheNewTableAndRaisesNoEvent() {
            create(MAP, UUID, TWO_GROUPS);
            ok(mapper.message(MAP, numbers("fail_path P0")));
            eventually("the event of the failed path", () -> events(MAP) == 1);

            ok(mapper.reload(MAP, false, multipath("0 0 1 1 round-robin 0 2 1 P0 1 P1 1"), KEEP_IO, UdevFlags.NONE));

            assertThat(tableOf(MAP)).isEqualTo(numbers("0 0 1 1 round-robin 0 2 1 P0 1 P1 1"));
            assertThat(statusOf(MAP)).endsWith(numbers("0 2 0 P0 A 0 P1 A 0"));
            assertThat(events(MAP)).isEqualTo(1);
            assertThat(ok(mapper.info(MAP)).suspended()).isFalse();
        }

        @Test
        void aBrokenPathIsNotTakenIntoAMapThatDoesNotHaveIt() {
            fixture.breakPath(fixture.paths(0).get(0));

            var result =
                    mapper.create(MAP, UUID, false, multipath("0 0 1 1 round-robin 0 2 1 P0 1 P1 1"), UdevFlags.NONE);

            assertThat(refusedWith(result)).isEqualTo(ENXIO);
            fixture.restorePath(fixture.paths(0).get(0));
        }

        @Test
        void aBrokenPathStaysInAMapThatHasIt() {
            create(MAP, UUID, "0 0 1 1 round-robin 0 2 1 P0 1 P1 1");
            fixture.breakPath(fixture.paths(0).get(0));

            ok(mapper.reload(MAP, false, multipath("0 0 1 1 queue-length 0 2 1 P0 1 P1 1"), KEEP_IO, UdevFlags.NONE));

            assertThat(tableOf(MAP)).isEqualTo(numbers("0 0 1 1 queue-length 0 2 1 P0 1 P1 1"));
            fixture.restorePath(fixture.paths(0).get(0));
        }
    }

    @Nested
    class Status {

        @Test
        void theFirstReadMakesTheInitialGroupActive() {
            create(MAP, UUID, TWO_GROUPS.replace("0 2 1 service", "0 2 2 service"));

            read();

            assertThat(statusOf(MAP))
                    .isEqualTo(numbers("2 0 0 0 2 2 E 0 2 2 P0 A 0 0 1 P1 A 0 0 1 A 0 2 2 P2 A 0 0 1 P3 A 0 0 1"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            round-robin  | 2 0 0 0 1 1 A 0 1 0 P0 A 0
            queue-length | 2 0 0 0 1 1 A 0 1 1 P0 A 0 0
            service-time | 2 0 0 0 1 1 A 0 1 2 P0 A 0 0 1
            """)
        void eachSelectorAddsItsOwnWords(String selector, String status) {
            create(MAP, UUID, "0 0 1 1 " + selector.strip() + " 0 1 1 P0 1");

            read();

            assertThat(statusOf(MAP)).isEqualTo(numbers(status.strip()));
        }

        @Test
        void queueingShowsInTheTableAndNotInTheStatus() {
            create(MAP, UUID, "0 0 1 1 round-robin 0 1 1 P0 1");
            read();
            var status = statusOf(MAP);

            ok(mapper.message(MAP, "queue_if_no_path"));
            assertThat(tableOf(MAP)).isEqualTo(numbers("1 queue_if_no_path 0 1 1 round-robin 0 1 1 P0 1"));
            assertThat(statusOf(MAP)).isEqualTo(status);

            ok(mapper.message(MAP, "fail_if_no_path"));
            assertThat(tableOf(MAP)).isEqualTo(numbers("0 0 1 1 round-robin 0 1 1 P0 1"));
            assertThat(events(MAP)).isZero();
        }

        @Test
        void aSuspendedMapTellsItsStatusAndTakesNoMessage() {
            create(MAP, UUID, TWO_GROUPS);
            read();
            var status = statusOf(MAP);

            ok(mapper.suspend(MAP, KEEP_IO));
            assertThat(ok(mapper.info(MAP)).suspended()).isTrue();
            assertThat(statusOf(MAP)).isEqualTo(status);
            assertThat(refusedWith(mapper.message(MAP, numbers("fail_path P0"))))
                    .isEqualTo(EBUSY);

            ok(mapper.resume(MAP, UdevFlags.NONE));
            assertThat(ok(mapper.info(MAP)).suspended()).isFalse();
            assertThat(events(MAP)).isZero();
            ok(mapper.message(MAP, numbers("fail_path P0")));
        }
    }

    @Nested
    class Messages {

        @Test
        void aPathIsFailedOnceAndReinstatedOnce() {
            create(MAP, UUID, TWO_GROUPS);
            read();

            ok(mapper.message(MAP, numbers("fail_path P0")));
            eventually("an event", () -> events(MAP) == 1);
            assertThat(statusOf(MAP)).contains(numbers("1 A 0 2 2 P0 F 1 0 1 P1 A 0 0 1"));
            ok(mapper.message(MAP, numbers("fail_path P0")));
            ok(mapper.message(MAP, numbers("reinstate_path P0")));
            eventually("another event", () -> events(MAP) == 2);
            assertThat(statusOf(MAP)).contains(numbers("P0 A 1 0 1"));
            ok(mapper.message(MAP, numbers("reinstate_path P0")));
            ok(mapper.message(MAP, numbers("FAIL_PATH P0")));
            eventually("one event more", () -> events(MAP) == 3);
            assertThat(statusOf(MAP)).contains(numbers("P0 F 2 0 1"));
        }

        @Test
        void aSwitchOfGroupsWaitsForTheNextRead() {
            create(MAP, UUID, TWO_GROUPS);
            read();

            ok(mapper.message(MAP, "switch_group 2"));
            eventually("an event", () -> events(MAP) == 1);
            assertThat(statusOf(MAP))
                    .startsWith(numbers("2 0 0 0 2 2 E 0 2 2 P0"))
                    .contains(numbers("E 0 2 2 P2"));
            assertThat(tableOf(MAP)).startsWith("1 queue_if_no_path 0 2 2 ");

            read();
            assertThat(statusOf(MAP))
                    .startsWith(numbers("2 0 0 0 2 2 E 0 2 2 P0"))
                    .contains(numbers("A 0 2 2 P2"));
            assertThat(events(MAP)).isEqualTo(1);
        }

        @Test
        void aDisabledGroupIsPassedOverUntilItIsEnabled() {
            create(MAP, UUID, TWO_GROUPS);
            read();

            ok(mapper.message(MAP, "disable_group 1"));
            eventually("an event", () -> events(MAP) == 1);
            assertThat(statusOf(MAP)).contains(numbers("D 0 2 2 P0"));
            read();
            assertThat(statusOf(MAP))
                    .startsWith(numbers("2 0 0 0 2 2 D 0 2 2 P0"))
                    .contains(numbers("A 0 2 2 P2"));

            ok(mapper.message(MAP, "enable_group 1"));
            eventually("another event", () -> events(MAP) == 2);
            read();
            assertThat(statusOf(MAP))
                    .startsWith(numbers("2 0 0 0 2 1 A 0 2 2 P0"))
                    .contains(numbers("E 0 2 2 P2"));
        }

        @Test
        void aSwitchEnablesWhatWasDisabled() {
            create(MAP, UUID, TWO_GROUPS);
            ok(mapper.message(MAP, "disable_group 1"));

            ok(mapper.message(MAP, "switch_group 1"));
            read();

            assertThat(statusOf(MAP)).startsWith(numbers("2 0 0 0 2 1 A 0 2 2 P0"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            switch_group 0     | 22
            switch_group 3     | 22
            switch_group x     | 22
            disable_group 9    | 22
            enable_group 0     | 22
            nonsense           | 22
            nonsense P0        | 22
            fail_path          | 22
            fail_path P0 1     | 22
            fail_path 250:99   | 6
            fail_path nonsense | 19
            fail_path Q0       | 22
            reinstate_path Q0  | 22
            """)
        void whatTheTargetDoesNotUnderstandIsRefusedAndChangesNothing(String message, int errno) {
            create(MAP, UUID, TWO_GROUPS);
            read();
            var status = statusOf(MAP);

            assertThat(refusedWith(mapper.message(MAP, numbers(message.strip()))))
                    .isEqualTo(errno);
            assertThat(statusOf(MAP)).isEqualTo(status);
            assertThat(events(MAP)).isZero();
        }
    }

    @Nested
    class Io {

        @Test
        void aBrokenPathIsFailedByTheReadThatMeetsItAndTheReadGoesOn() {
            create(MAP, UUID, "0 0 2 1 round-robin 0 1 1 P0 1 round-robin 0 1 1 P1 1");
            read();
            fixture.breakPath(fixture.paths(0).get(0));
            assertThat(statusOf(MAP)).isEqualTo(numbers("2 0 0 0 2 1 A 0 1 0 P0 A 0 E 0 1 0 P1 A 0"));

            read();

            assertThat(statusOf(MAP)).isEqualTo(numbers("2 0 0 0 2 2 E 0 1 0 P0 F 1 A 0 1 0 P1 A 0"));
            eventually("an event", () -> events(MAP) == 1);

            fixture.restorePath(fixture.paths(0).get(0));
            read();
            assertThat(statusOf(MAP)).contains(numbers("P0 F 1"));
            ok(mapper.message(MAP, numbers("reinstate_path P0")));
            read();
            assertThat(statusOf(MAP)).isEqualTo(numbers("2 0 0 0 2 2 E 0 1 0 P0 A 1 A 0 1 0 P1 A 0"));
        }

        @Test
        void withoutAPathAReadFailsUnlessTheMapQueues() {
            create(MAP, UUID, "0 0 1 1 round-robin 0 1 1 P0 1");
            ok(mapper.message(MAP, numbers("fail_path P0")));

            assertThat(refusedWith(soon(fixture.readMap(MAP)))).isEqualTo(5);
        }

        @ParameterizedTest
        @ValueSource(strings = {"reinstate_path P0", "fail_if_no_path"})
        void aReadThatWaitsForAPathEndsWhenOneComesOrNoneIsHopedFor(String message) {
            create(MAP, UUID, "1 queue_if_no_path 0 1 1 round-robin 0 1 1 P0 1");
            read();
            ok(mapper.message(MAP, numbers("fail_path P0")));
            var waiting = fixture.readMap(MAP);
            eventually("no group is active", () -> statusOf(MAP).contains(" E 0 1 0 "));
            assertThat(waiting.toCompletableFuture()).isNotDone();

            ok(mapper.message(MAP, numbers(message)));

            assertThat(soon(waiting) instanceof IoResult.Ok).isEqualTo(message.startsWith("reinstate"));
        }

        @Test
        void aReadThatWaitsIsTakenOverByTheNextTable() {
            create(MAP, UUID, "1 queue_if_no_path 0 1 1 round-robin 0 1 1 P0 1");
            ok(mapper.message(MAP, numbers("fail_path P0")));
            var waiting = fixture.readMap(MAP);

            ok(mapper.reload(
                    MAP, false, multipath("1 queue_if_no_path 0 1 1 round-robin 0 1 1 P1 1"), KEEP_IO, UdevFlags.NONE));

            assertThat(soon(waiting)).isInstanceOf(IoResult.Ok.class);
        }

        /** What a flush does to what is queued already is a matter of who comes first: the kernel kicks it on its way. */
        @ParameterizedTest
        @CsvSource({"KEEP_IO, 1 queue_if_no_path", "FLUSH, 0"})
        void aMapThatQueuesIsSuspendedWithoutAPathAndQueuesOnAfterTheResume(SuspendMode mode, String features) {
            var target = " 0 1 1 round-robin 0 1 1 P0 1";
            create(MAP, UUID, "1 queue_if_no_path" + target);
            read();
            ok(mapper.message(MAP, numbers("fail_path P0")));

            ok(mapper.suspend(MAP, mode));
            assertThat(tableOf(MAP)).isEqualTo(numbers(features + target));
            ok(mapper.resume(MAP, new UdevFlags(true, false, true)));

            assertThat(tableOf(MAP)).isEqualTo(numbers("1 queue_if_no_path" + target));
            var waiting = fixture.readMap(MAP);
            eventually("no group is active", () -> statusOf(MAP).contains(" E 0 1 0 "));
            assertThat(waiting.toCompletableFuture()).isNotDone();
            ok(mapper.message(MAP, numbers("reinstate_path P0")));
            assertThat(soon(waiting)).isInstanceOf(IoResult.Ok.class);
        }

        @Test
        void aReadOfASuspendedMapEndsAfterTheResume() {
            create(MAP, UUID, TWO_GROUPS);
            read();
            ok(mapper.suspend(MAP, KEEP_IO));
            var waiting = fixture.readMap(MAP);
            assertThat(ok(mapper.info(MAP)).suspended()).isTrue();
            assertThat(waiting.toCompletableFuture()).isNotDone();

            ok(mapper.resume(MAP, UdevFlags.NONE));

            assertThat(soon(waiting)).isInstanceOf(IoResult.Ok.class);
        }
    }

    @Nested
    class Events {

        private final List<Event> heard = new CopyOnWriteArrayList<>();

        @Test
        void oneListenerHearsAllMaps() {
            create(MAP, UUID, TWO_GROUPS);
            create("contract-other", "mpath-contract-other", "0 0 1 1 round-robin 0 1 1 Q0 1");

            try (var subscription = mapper.onEvent(heard::add)) {
                assertThat(subscription).isNotNull();
                ok(mapper.message(MAP, numbers("fail_path P0")));
                ok(mapper.message("contract-other", numbers("fail_path Q0")));

                eventually(
                        () -> "both maps among " + heard,
                        () -> told(heard, MAP, 1) && told(heard, "contract-other", 1));
                ok(mapper.message(MAP, numbers("reinstate_path P0")));
                eventually(() -> "the next event among " + heard, () -> told(heard, MAP, 2));
            }
        }

        @Test
        void anEventOfAMapWithAnOddNameIsHeardAndSoIsThatOfItsNeighbour() {
            create(ODD, "mpath-contract-odd", TWO_GROUPS);
            create("contract-other", "mpath-contract-other", "0 0 1 1 round-robin 0 1 1 Q0 1");

            try (var subscription = mapper.onEvent(heard::add)) {
                assertThat(subscription).isNotNull();
                ok(mapper.message(ODD, numbers("fail_path P0")));
                eventually(() -> "its event among " + heard, () -> told(heard, ODD, 1));
                ok(mapper.message("contract-other", numbers("fail_path Q0")));
                eventually(() -> "the next event among " + heard, () -> told(heard, "contract-other", 1));
            }
            assertThat(ok(mapper.list()))
                    .filteredOn(listed -> listed.uuid().equals("mpath-contract-odd"))
                    .singleElement()
                    .satisfies(listed -> {
                        assertThat(listed.name()).isEqualTo(ODD);
                        assertThat(listed.eventNumber()).isEqualTo(1);
                    });
        }

        @Test
        void anEventOfAPathFailedByIoIsHeard() {
            create(MAP, UUID, "0 0 2 1 round-robin 0 1 1 P0 1 round-robin 0 1 1 P1 1");

            try (var subscription = mapper.onEvent(heard::add)) {
                assertThat(subscription).isNotNull();
                fixture.breakPath(fixture.paths(0).get(0));
                read();

                eventually(() -> "an event among " + heard, () -> told(heard, MAP, 1));
            }
            fixture.restorePath(fixture.paths(0).get(0));
        }

        @Test
        void nothingIsHeardAfterTheClose() {
            create(MAP, UUID, TWO_GROUPS);
            var others = new CopyOnWriteArrayList<Event>();
            var first = mapper.onEvent(heard::add);

            try (var second = mapper.onEvent(others::add)) {
                assertThat(second).isNotNull();
                ok(mapper.message(MAP, numbers("fail_path P0")));
                eventually("both heard", () -> !heard.isEmpty() && !others.isEmpty());
                first.close();
                var before = heard.size();
                ok(mapper.message(MAP, numbers("reinstate_path P0")));
                eventually("the other hears on", () -> told(others, MAP, 2));

                assertThat(heard).hasSize(before);
            }
        }
    }

    private boolean told(List<Event> heard, String map, long number) {
        var device = ok(mapper.info(map)).device();
        return heard.stream()
                .anyMatch(event ->
                        event.name().equals(map) && event.device().equals(device) && event.eventNumber() == number);
    }

    private DevT create(String name, String uuid, String parameters) {
        var device = ok(mapper.create(name, uuid, false, multipath(parameters), UdevFlags.NONE));
        fixture.settle();
        return device;
    }

    private IoResult<IoResult.Done> exchange(List<Target> was, List<Target> next) {
        return mapper.exchange(MAP, false, was, next, IoResult::done, UdevFlags.NONE);
    }

    private void read() {
        assertThat(soon(fixture.readMap(MAP))).isInstanceOf(IoResult.Ok.class);
    }

    private List<Target> multipath(String parameters) {
        return List.of(new Target(0, sectors, "multipath", numbers(parameters)));
    }

    private String tableOf(String name) {
        return ok(mapper.table(name)).get(0).parameters().strip();
    }

    private String statusOf(String name) {
        return ok(mapper.status(name)).get(0).parameters().strip();
    }

    private long events(String name) {
        return ok(mapper.info(name)).eventNumber();
    }

    private String numbers(String text) {
        var result = text;
        for (var i = 0; i < 4; i++) {
            result = result.replace("P" + i, number(0, i));
        }
        return result.contains("Q0") ? result.replace("Q0", number(1, 0)) : result;
    }

    private String number(int lun, int index) {
        return ok(fixture.ports().blockDevices().disk(fixture.paths(lun).get(index)))
                .device()
                .toString();
    }
}
