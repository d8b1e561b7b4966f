package org.lunwarden.deploy.daemon;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.pekko.Done;

import org.lunwarden.cli.config.DaemonSettings.Listen;
import org.lunwarden.deploy.DroppingAppender;
import org.lunwarden.deploy.Release;
import org.lunwarden.fleet.FleetNode;
import org.lunwarden.http.MetricsServer;
import org.lunwarden.http.metrics.HostMetrics;
import org.lunwarden.io.measured.MeasuredPorts;
import org.lunwarden.node.Node;
import org.lunwarden.node.NodeStatus;

/** What a host's daemon tells Prometheus: gathered from its halves, and served where the settings say. */
record HostPage(Node node, MeasuredPorts ports, Optional<FleetNode> fleet) {

    /** @param listen empty: nothing is served */
    static Optional<HttpDoor<MetricsServer>> open(
            Optional<Listen> listen, Node node, MeasuredPorts ports, Optional<FleetNode> fleet) {
        var page = new HostPage(node, ports, fleet);
        return listen.map(where -> HttpDoor.open("the server of metrics", () -> page.serve(where), HostPage::stop));
    }

    private CompletionStage<MetricsServer> serve(Listen where) {
        try {
            return CompletableFuture.completedStage(MetricsServer.start(where.address(), where.port(), this::metrics));
        } catch (IOException taken) {
            return CompletableFuture.failedStage(taken);
        }
    }

    private static CompletionStage<Done> stop(MetricsServer server) {
        server.close();
        return CompletableFuture.completedStage(Done.getInstance());
    }

    private CompletionStage<HostMetrics> metrics() {
        return node.status()
                .thenApply(NodeStatus::figures)
                .thenApply(figures -> new HostMetrics(
                        figures,
                        ports.figures(),
                        fleet.map(FleetNode::status),
                        new HostMetrics.Lines(DroppingAppender.droppedOfAudit(), DroppingAppender.droppedOthers()),
                        Release.version()));
    }
}
