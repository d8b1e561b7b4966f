package org.lunwarden.cli;

import java.util.List;
import java.util.Optional;

import org.lunwarden.cli.config.DaemonSettings;
import org.lunwarden.io.HostFacts;
import org.lunwarden.io.HostPorts;
import org.lunwarden.model.map.MapTopology;

/** What the command line starts and cannot build itself; the distribution does. Each gives the exit code. */
public interface Launch {

    /** Runs the daemon of a host until it is told to stop. */
    int node(DaemonSettings settings);

    /** Runs a view until it is told to stop. */
    int view(DaemonSettings settings);

    /** Runs the demonstration. */
    int demo(DemoOptions options);

    /** Looks at this host's maps once; reads only. */
    Survey survey(DaemonSettings settings);

    /** Of the program, as {@code --version} tells it. */
    String version();

    /** What does not change while this host runs. */
    HostFacts facts();

    /**
     * This host's ports.
     *
     * @throws UnsupportedOperationException when this host lacks what they need, with a message for a reader
     */
    HostPorts host();

    /** @param script a story to tell without a browser; empty: until it is told to stop */
    record DemoOptions(Optional<String> script, int hosts, int port) {}

    /** What was found, and what could not be looked at. */
    record Survey(List<MapTopology> maps, List<String> problems) {}
}
