package org.lunwarden.io.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysfsTreeTest {

    @TempDir
    Path folder;

    @Test
    void aFileOfSeveralPagesIsReadWhole() throws IOException {
        write("sys/page", "x".repeat(4096));
        write("sys/pages", "y".repeat(10_000));
        write("proc/lines", "z\n".repeat(3000));
        var tree = new SysfsTree(folder);

        assertThat(tree.text("sys/page")).hasSize(4096);
        assertThat(tree.bytes("sys/pages")).isEqualTo(new ArrayList<>(Collections.nCopies(10_000, (byte) 'y')));
        assertThat(tree.lines("proc/lines")).hasSize(3000);
    }

    @Test
    void whatIsNoFileSaysNothing() throws IOException {
        write("sys/folder/file", "text");
        var tree = new SysfsTree(folder);

        assertThat(tree.text("sys/folder")).isEmpty();
        assertThat(tree.text("sys/absent")).isEmpty();
        assertThat(tree.text("sys/odd\0name")).isEmpty();
    }

    @Test
    void aListingReadsAFileOnceAndTheNextOneAnew() throws IOException {
        write("sys/class/fc_host/host1/port_state", "Online");
        var tree = new SysfsTree(folder);
        var listing = tree.readOnce();

        assertThat(listing.text("sys/class/fc_host/host1/port_state")).isEqualTo("Online");
        write("sys/class/fc_host/host1/port_state", "Linkdown");
        assertThat(listing.text("sys/class/fc_host/host1/port_state")).isEqualTo("Online");
        assertThat(tree.readOnce().text("sys/class/fc_host/host1/port_state")).isEqualTo("Linkdown");
    }

    @Test
    void aListingAsksForTheHostsAddressesOnce() throws IOException {
        var asked = new AtomicInteger();
        var address = InetAddress.getByName("10.1.0.1");
        var addresses = new LocalAddresses(() -> {
            asked.incrementAndGet();
            return List.of(new LocalAddresses.Local("eth0", address, 24));
        });
        var listing = addresses.readOnce();

        assertThat(listing.towards("", "", "10.1.0.100")).isPresent();
        assertThat(listing.towards("", "", "10.1.0.101")).isPresent();
        assertThat(asked).hasValue(1);
    }

    private void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
