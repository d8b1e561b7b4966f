package org.lunwarden.io.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.io.contract.Expect.eventually;
import static org.lunwarden.io.contract.Expect.ok;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.UeventSource;
import org.lunwarden.io.UeventSource.Uevent;
import org.lunwarden.model.DeviceName;

/** What {@link UeventSource} promises. */
public abstract class UeventSourceContract {

    private final List<Uevent> heard = new CopyOnWriteArrayList<>();
    private HostFixture fixture;
    private UeventSource source;

    protected abstract HostFixture open();

    @BeforeEach
    void openFixture() {
        fixture = open();
        source = fixture.ports().uevents();
        fixture.settle();
    }

    @AfterEach
    void closeFixture() {
        fixture.close();
    }

    @Test
    void aPathThatGoesAndComesBackIsHeardInThatOrder() {
        var path = fixture.paths(0).get(2);
        var disk = ok(fixture.ports().blockDevices().disk(path));

        try (var subscription = source.onUevent(heard::add)) {
            assertThat(subscription).isNotNull();
            fixture.removePath(path);
            eventually(() -> "remove among " + heard, () -> has("remove", path));
            fixture.rescan();
            eventually(
                    () -> "add among " + heard,
                    () -> heard.stream()
                            .anyMatch(event -> event.action().equals("add")
                                    && Objects.equals(
                                            disk.udev().get("ID_SERIAL"),
                                            event.properties().get("ID_SERIAL"))));
        }

        var removed = heard.stream()
                .filter(event -> event.action().equals("remove"))
                .findFirst()
                .orElseThrow();
        assertThat(removed.properties())
                .containsEntry("ACTION", "remove")
                .containsEntry("SUBSYSTEM", "block")
                .containsEntry("DEVTYPE", "disk")
                .containsEntry("DEVNAME", "/dev/" + path)
                .containsEntry("MAJOR", Integer.toString(disk.device().major()))
                .containsEntry("MINOR", Integer.toString(disk.device().minor()))
                .containsKeys("SEQNUM", "DEVPATH");
        assertThat(removed.properties().get("DEVPATH")).endsWith("/block/" + path);
        assertThat(heard.stream().map(event -> Long.parseLong(event.properties().get("SEQNUM"))))
                .isSorted();
    }

    @Test
    void aChangedDeviceIsHeardWithItsProperties() {
        var path = fixture.paths(1).get(0);

        try (var subscription = source.onUevent(heard::add)) {
            assertThat(subscription).isNotNull();
            fixture.change(path);
            eventually(() -> "change among " + heard, () -> has("change", path));
        }

        var event =
                heard.stream().filter(e -> e.device().equals(path)).findFirst().orElseThrow();
        assertThat(event.properties())
                .containsEntry(
                        "ID_SERIAL",
                        ok(fixture.ports().blockDevices().disk(path)).udev().get("ID_SERIAL"));
    }

    @Test
    void allEventsComeOnOneThread() {
        var threads = ConcurrentHashMap.<String>newKeySet();

        try (var subscription = source.onUevent(event -> {
            threads.add(Thread.currentThread().getName());
            heard.add(event);
        })) {
            assertThat(subscription).isNotNull();
            fixture.paths(0).forEach(fixture::change);
            eventually("an event of each path", () -> fixture.paths(0).stream().allMatch(path -> has("change", path)));
        }

        assertThat(threads).hasSize(1);
    }

    @Test
    void everyListenerHearsEveryEventAndNoneAfterItsClose() {
        var others = new CopyOnWriteArrayList<Uevent>();
        var path = fixture.paths(0).get(0);
        var first = source.onUevent(heard::add);

        try (var second = source.onUevent(others::add)) {
            assertThat(second).isNotNull();
            fixture.change(path);
            eventually("both heard", () -> !heard.isEmpty() && !others.isEmpty());
            first.close();
            fixture.settle();
            var before = heard.size();
            var othersBefore = others.size();
            fixture.change(path);
            eventually("the other heard more", () -> others.size() > othersBefore);

            assertThat(heard).hasSize(before);
        }
    }

    private boolean has(String action, DeviceName device) {
        return heard.stream()
                .anyMatch(e -> e.action().equals(action) && e.device().equals(device));
    }
}
