package org.lunwarden.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.lunwarden.cli.config.DaemonSettings;
import org.lunwarden.io.HostFacts;
import org.lunwarden.io.HostPorts;

/** Remembers what it was asked to start; has the host that it is given. */
final class RecordingLaunch implements Launch {
    final List<String> started = new ArrayList<>();
    List<String> problems = List.of();
    boolean nativeNvme;
    Optional<HostPorts> host = Optional.empty();

    @Override
    public int node(DaemonSettings settings) {
        started.add("node " + settings.host());
        return 0;
    }

    @Override
    public int view(DaemonSettings settings) {
        started.add("view " + settings.host());
        return 0;
    }

    @Override
    public int demo(DemoOptions options) {
        started.add("demo " + options.hosts());
        return 0;
    }

    @Override
    public Survey survey(DaemonSettings settings) {
        return new Survey(List.of(), problems);
    }

    @Override
    public String version() {
        return "1.2.3";
    }

    @Override
    public HostFacts facts() {
        return new HostFacts("web1", "boot", "6.1.0", nativeNvme);
    }

    @Override
    public HostPorts host() {
        return host.orElseThrow(() -> new UnsupportedOperationException("no host here"));
    }
}
