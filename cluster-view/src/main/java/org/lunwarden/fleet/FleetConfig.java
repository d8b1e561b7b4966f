package org.lunwarden.fleet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;

import org.lunwarden.model.fleet.HostId;

/** Between configuration and settings: reads {@code lunwarden.fleet}, and writes what Pekko is to be given. */
public final class FleetConfig {

    private FleetConfig() {}

    /**
     * Reads the keys of {@code lunwarden.fleet}, whose meaning stands in this module's {@code reference.conf}.
     *
     * @param fleet the object at {@code lunwarden.fleet}
     * @throws ConfigException naming file, line and key of what is wrong
     */
    public static FleetSettings settings(Config fleet) {
        var address = checked(fleet, "address", path -> new MemberAddress(fleet.getString(path), fleet.getInt("port")));
        return checked(
                fleet,
                "roles",
                path -> new FleetSettings(
                        host(fleet),
                        roles(fleet),
                        fleet.getString("cluster"),
                        address,
                        checked(
                                fleet,
                                "seeds",
                                key -> fleet.getStringList(key).stream()
                                        .map(MemberAddress::parse)
                                        .toList()),
                        tls(fleet.getConfig("tls")),
                        timings(fleet.getConfig("timings")),
                        names(fleet.getConfig("names"))));
    }

    /**
     * What the actor system of such a member is given.
     *
     * @param overlay stands before everything else
     */
    static Config pekko(FleetSettings settings, Config overlay) {
        var values = new HashMap<String, Object>();
        values.put(
                "pekko.cluster.roles",
                settings.roles().stream().map(FleetRole::word).toList());
        values.put("pekko.remote.artery.canonical.hostname", settings.address().host());
        values.put("pekko.remote.artery.canonical.port", settings.address().port());
        values.put(
                "pekko.cluster.split-brain-resolver.stable-after",
                settings.timings().stableAfter().toMillis() + " ms");
        settings.tls().ifPresent(tls -> {
            var engine = "pekko.remote.artery.ssl.rotating-keys-engine.";
            values.put("pekko.remote.artery.transport", "tls-tcp");
            values.put(
                    "pekko.remote.artery.ssl.ssl-engine-provider",
                    "org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider");
            values.put(engine + "key-file", tls.key().toString());
            values.put(engine + "cert-file", tls.certificate().toString());
            values.put(engine + "ca-cert-file", tls.authority().toString());
            values.put(engine + "ssl-context-cache-ttl", tls.reread().toMillis() + " ms");
        });
        var loader = FleetConfig.class.getClassLoader();
        return overlay.withFallback(ConfigFactory.parseMap(values))
                .withFallback(ConfigFactory.parseResources(loader, "lunwarden-fleet.conf"))
                .withFallback(ConfigFactory.defaultReference(loader))
                .resolve();
    }

    private static HostId host(Config fleet) {
        return checked(fleet, "host", path -> {
            var name = fleet.getString(path);
            try {
                return new HostId(name.isEmpty() ? InetAddress.getLocalHost().getHostName() : name);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("this machine has no name: set one", e);
            }
        });
    }

    private static Set<FleetRole> roles(Config fleet) {
        return checked(fleet, "roles", path -> {
            var roles = new LinkedHashSet<FleetRole>();
            for (var word : fleet.getStringList(path)) {
                roles.add(FleetRole.parse(word)
                        .orElseThrow(() -> new IllegalArgumentException("not a role: '" + word + "'; host or view")));
            }
            return roles;
        });
    }

    private static Optional<TlsFiles> tls(Config tls) {
        if (tls.getString("key").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TlsFiles(
                path(tls, "key"), path(tls, "certificate"), path(tls, "authority"), tls.getDuration("reread")));
    }

    private static Path path(Config tls, String key) {
        return checked(tls, key, at -> {
            if (tls.getString(at).isEmpty()) {
                throw new IllegalArgumentException("a file is needed, since tls.key names one");
            }
            return Path.of(tls.getString(at));
        });
    }

    private static FleetTimings timings(Config timings) {
        return checked(
                timings,
                "silence",
                path -> new FleetTimings(
                        timings.getDuration("heartbeat"),
                        timings.getDuration("silence"),
                        timings.getDuration("report-retry"),
                        timings.getDuration("diagnosis-tick"),
                        timings.getDuration("settle"),
                        timings.getDuration("hold"),
                        timings.getDuration("answer"),
                        timings.getDuration("stable-after"),
                        timings.getDuration("rejoin"),
                        timings.getDuration("forget")));
    }

    private static Map<String, String> names(Config names) {
        var called = new HashMap<String, String>();
        for (var name : names.root().entrySet()) {
            called.put(name.getKey(), String.valueOf(name.getValue().unwrapped()));
        }
        return called;
    }

    /** What a value refuses is an error of the configuration, at the line of that value. */
    private static <T> T checked(Config config, String path, Function<String, T> read) {
        try {
            return read.apply(path);
        } catch (IllegalArgumentException e) {
            var origin = config.getValue(path).origin();
            throw new ConfigException.BadValue(origin, path, String.valueOf(e.getMessage()), e);
        }
    }
}
