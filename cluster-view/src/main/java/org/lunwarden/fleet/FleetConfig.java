package org.lunwarden.fleet;

import java.util.HashMap;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** What Pekko is given for a member of the fleet. */
final class FleetConfig {

    private FleetConfig() {}

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
}
