package org.lunwarden.node;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

import org.lunwarden.map.MapAccount;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.names.NameAccount;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.why.DiskAccount;
import org.lunwarden.node.why.Subject;
import org.lunwarden.path.PathAccount;

/** Asks those who decide why a disk or a map is as it is, and puts their answers together. Nobody waits for it. */
final class WhyAnswers {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Site site;
    private final ActorRef<Discovery.Command> discovery;
    private final ActorRef<PathRegistry.Command> registry;
    private final ActorRef<MapNames.Command> names;
    private final Scheduler scheduler;

    WhyAnswers(
            Site site,
            ActorRef<Discovery.Command> discovery,
            ActorRef<PathRegistry.Command> registry,
            ActorRef<MapNames.Command> names,
            Scheduler scheduler) {
        this.site = site;
        this.discovery = discovery;
        this.registry = registry;
        this.names = names;
        this.scheduler = scheduler;
    }

    /** The text for a terminal; empty when the host has nothing that is called so. */
    CompletionStage<Optional<String>> why(Subject subject) {
        return AskPattern.<Discovery.Command, Candidates>ask(
                        discovery, Discovery.GetCandidates::new, PATIENCE, scheduler)
                .thenCompose(candidates -> subject.disk(candidates)
                        .map(disk -> ofDisk(disk, candidates))
                        .orElseGet(() -> ofMap(subject, candidates)))
                .thenApply(found -> found.or(() -> unlisted(subject)));
    }

    private static Optional<String> unlisted(Subject subject) {
        return Optional.of(subject)
                .filter(Subject::isUnlisted)
                .map(disk -> text(
                        List.of(disk.text()
                                + ": no disk of its kind is looked at, and so none is a path: SCSI and NVMe disks"
                                + " are"),
                        List.of()));
    }

    /** A unit without a map is told of by its disks: what keeps each from being a path keeps the map from being made. */
    private Optional<String> ofUnit(Subject subject, Candidates candidates) {
        return subject.wwid(candidates, site.aliases())
                .map(wwid -> subject.text() + ": it has no map\n" + noPaths(wwid, candidates));
    }

    /** The disks of a unit that are no paths. */
    private String noPaths(Wwid wwid, Candidates candidates) {
        return candidates.seen().values().stream()
                .filter(seen -> seen.wwid().equals(Optional.of(wwid)))
                .map(seen -> seen.disk().name())
                .filter(disk -> !candidates.taken().containsKey(disk))
                .sorted(Comparator.comparing(DeviceName::value))
                .map(disk -> text(DiskAccount.of(disk, candidates, site), List.of()))
                .collect(Collectors.joining());
    }

    private CompletionStage<Optional<String>> ofDisk(DeviceName disk, Candidates candidates) {
        var account = DiskAccount.of(disk, candidates, site);
        var isTaken = candidates.taken().containsKey(disk);
        return AskPattern.<PathRegistry.Command, PathAccount>ask(
                        registry, replyTo -> new PathRegistry.ExplainPath(disk, replyTo), PATIENCE, scheduler)
                .thenApply(PathAccount::lines)
                .exceptionally(late -> List.of("its path has not answered for " + PATIENCE.toSeconds() + " s"))
                .thenApply(lines -> Optional.of(text(isTaken || lines.isEmpty() ? account : staying(account), lines)));
    }

    /** What the registry keeps although it is to be a path no more. */
    private static List<String> staying(List<String> account) {
        return Stream.concat(account.stream(), Stream.of("it stays in use: its map has no other path that works"))
                .toList();
    }

    private CompletionStage<Optional<String>> ofMap(Subject subject, Candidates candidates) {
        return AskPattern.<PathRegistry.Command, Optional<Wwid>>ask(
                        registry, replyTo -> new PathRegistry.FindMap(subject, replyTo), PATIENCE, scheduler)
                .thenCompose(found -> found.map(wwid -> ofMap(wwid, candidates))
                        .orElseGet(() -> CompletableFuture.completedFuture(ofUnit(subject, candidates))));
    }

    private CompletionStage<Optional<String>> ofMap(Wwid wwid, Candidates candidates) {
        return AskPattern.<PathRegistry.Command, MapAccount>ask(
                        registry, replyTo -> new PathRegistry.ExplainMap(wwid, replyTo), PATIENCE, scheduler)
                .thenApply(MapAccount::lines)
                .exceptionally(late -> List.of("it has not answered for " + PATIENCE.toSeconds() + " s"))
                .thenCombine(
                        name(wwid),
                        (lines, name) -> Optional.of(
                                text(List.of("map of WWID " + wwid, name), lines) + noPaths(wwid, candidates)));
    }

    private CompletionStage<String> name(Wwid wwid) {
        return AskPattern.<MapNames.Command, NameAccount>ask(
                        names, replyTo -> new MapNames.Explain(wwid, replyTo), PATIENCE, scheduler)
                .thenApply(NameAccount::sentence)
                .exceptionally(late -> "its name: what names maps has not answered for " + PATIENCE.toSeconds() + " s");
    }

    /** Devices name themselves: what is no printable character does not reach a terminal. */
    private static String text(List<String> head, List<String> more) {
        var text = new StringBuilder();
        head.forEach(line -> text.append(clean(line)).append('\n'));
        more.forEach(line -> text.append("  ").append(clean(line)).append('\n'));
        return text.toString();
    }

    static String clean(String line) {
        return line.replaceAll("\\p{Cntrl}", "?");
    }
}
