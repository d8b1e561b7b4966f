package org.lunwarden.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;

import org.lunwarden.fleet.FleetView;

/**
 * The HTTP server of a view. It has an actor system of its own, so that it goes on answering while the fleet's is
 * restarted.
 */
public final class HttpApi {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ActorSystem<?> system;
    private final ServerBinding binding;

    private HttpApi(ActorSystem<?> system, ServerBinding binding) {
        this.system = system;
        this.binding = binding;
    }

    /** The stage fails when the address cannot be bound; nothing is left behind then. */
    public static CompletionStage<HttpApi> start(
            FleetView view, HttpSettings settings, Optional<FaultInjection> faults) {
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(),
                "lunwarden-http",
                ConfigFactory.load(HttpApi.class.getClassLoader(), "lunwarden-http"));
        var routes = Endpoints.of(view, settings, faults).route();
        return Http.get(system)
                .newServerAt(settings.address(), settings.port())
                .bind(routes)
                .whenComplete((binding, failed) -> {
                    if (failed != null) {
                        system.terminate();
                    }
                })
                .thenApply(binding -> new HttpApi(system, binding));
    }

    /** The port that is bound. */
    public int port() {
        return binding.localAddress().getPort();
    }

    /** Lets requests in flight end, for two seconds at most. */
    public CompletionStage<Done> stop() {
        return binding.terminate(GRACE).thenCompose(ended -> {
            system.terminate();
            return system.getWhenTerminated();
        });
    }
}
