package org.lunwarden.fleet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import org.lunwarden.fleet.alert.AlertSettings;
import org.lunwarden.fleet.channel.ChannelSettings;

/**
 * Who is told of incidents, and when. The same on all views.
 *
 * @param spool folder in which a view keeps what was told and what is still to be told, so that it survives a restart of
 *     all views; empty: it does not
 * @param gather after a stop of all views, so long whoever tells waits for those that have not said what they kept, once
 *     most of the seeds have
 */
public record Alerting(AlertSettings when, List<ChannelSettings> channels, Optional<Path> spool, Duration gather) {

    private static final Duration GATHER = Duration.ofSeconds(30);

    /** Nobody is told. */
    public static final Alerting NONE = new Alerting(AlertSettings.DEFAULTS, List.of(), Optional.empty());

    public Alerting(AlertSettings when, List<ChannelSettings> channels, Optional<Path> spool) {
        this(when, channels, spool, GATHER);
    }

    /** @throws IllegalArgumentException when two channels have one name */
    public Alerting {
        channels = List.copyOf(channels);
        var names = new HashSet<String>();
        for (var channel : channels) {
            if (!names.add(channel.name())) {
                throw new IllegalArgumentException("two channels are called '" + channel.name() + "'");
            }
        }
    }
}
