package org.lunwarden.node;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.apache.pekko.actor.typed.javadsl.ActorContext;

import org.lunwarden.node.NodeStatus.Configuration;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.site.SiteReader;

/** The configuration that is in place, and what became of reading it again. */
final class Configuring {

    private final ActorContext<NodeActor.Command> context;
    private final SiteReader reader;
    private final Executor files;
    private Site current;
    private Configuration status = Configuration.FIRST;

    /** @param files runs what may wait for the disk of the files */
    Configuring(ActorContext<NodeActor.Command> context, Site first, SiteReader reader, Executor files) {
        this.context = context;
        this.current = first;
        this.reader = reader;
        this.files = files;
    }

    void read(Function<SiteReader.Reading, NodeActor.Command> back) {
        context.pipeToSelf(
                CompletableFuture.supplyAsync(reader::read, files),
                (reading, broke) ->
                        back.apply(reading != null ? reading : new SiteReader.Refused(List.of(String.valueOf(broke)))));
    }

    Site current() {
        return current;
    }

    Configuration status() {
        return status;
    }

    /** The site that is to be put in place, which is current from now on; empty when what was read is no good. */
    Optional<Site> take(SiteReader.Reading reading) {
        return switch (reading) {
            case SiteReader.Usable(var site, var remarks) -> {
                remarks.forEach(remark -> context.getLog().warn("{}", remark));
                context.getLog().info("the configuration was read again");
                current = site;
                status = new Configuration(status.applied() + 1, List.of());
                yield Optional.of(site);
            }
            case SiteReader.Refused(var problems) -> {
                problems.forEach(problem -> context.getLog().error("{}", problem));
                context.getLog().error("the configuration that is in place is kept: what was read has errors");
                status = new Configuration(status.applied(), problems);
                yield Optional.empty();
            }
        };
    }
}
