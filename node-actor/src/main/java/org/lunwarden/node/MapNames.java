package org.lunwarden.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

import org.lunwarden.io.HostPorts;
import org.lunwarden.io.StateFiles.File;
import org.lunwarden.io.Subscription;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapName;
import org.lunwarden.node.names.Alias;
import org.lunwarden.node.names.NameAccount;
import org.lunwarden.node.names.NameWish;
import org.lunwarden.node.site.Site;

/**
 * Gives maps their names, and remembers which WWIDs have had a map. The files that say so may lie on a disk that does not
 * answer: one thread waits for them, and a map that is not named in time is made under its WWID, and renamed later.
 */
final class MapNames {

    /** A map is not made for so long while its name is looked up. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration AGAIN = Duration.ofMinutes(1);

    sealed interface Command {}

    /** Asked again, it is named again. */
    record Name(Wwid wwid, NameWish wish, ActorRef<Named> replyTo) implements Command {}

    record Named(Wwid wwid, MapName name) {}

    /** The kernel has a map of that WWID. */
    record MapIs(Wwid wwid) implements Command {}

    /** The kernel refused a map of that WWID. */
    record NotMade(Wwid wwid) implements Command {}

    record Forget(Wwid wwid) implements Command {}

    /** Asks where its name comes from. */
    record Explain(Wwid wwid, ActorRef<NameAccount> replyTo) implements Command {}

    private record Changed(File file) implements Command {}

    private record Ended(MapMemory.Task task, MapMemory.Result result) implements Command {}

    private record Broke(MapMemory.Task task, Throwable cause) implements Command {}

    private record Late(Wwid wwid) implements Command {}

    private record Again() implements Command {}

    private record Asked(NameWish wish, ActorRef<Named> replyTo) {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final MapMemory memory;
    private final Site site;
    private final Executor files;
    private final RememberedWwids wwids;
    private final Subscription watch;

    private final Map<Wwid, Asked> asked = new HashMap<>();
    /** To be named in the next task. */
    private final LinkedHashSet<Wwid> open = new LinkedHashSet<>();
    /** Named in spite of a refusal. */
    private final Set<Wwid> unsettled = new TreeSet<>();

    private final Map<Wwid, String> given = new TreeMap<>();
    /** Why a map has another name than the wanted one. */
    private final Map<Wwid, String> remarks = new TreeMap<>();

    private final FailureMarks marks = new FailureMarks();
    private final Set<String> told = new HashSet<>();
    private boolean reread = true;
    private boolean working;

    /**
     * @param files runs what may wait for the disk of the files, one at a time
     * @param known is told what is in the file
     * @param moreWwids called when another than this daemon added some
     */
    static Behavior<Command> create(HostPorts ports, Site site, Executor files, KnownWwids known, Runnable moreWwids) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new MapNames(context, timers, ports, site, files, known, moreWwids).begin()));
    }

    private MapNames(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            HostPorts ports,
            Site site,
            Executor files,
            KnownWwids known,
            Runnable moreWwids) {
        this.context = context;
        this.timers = timers;
        this.memory = new MapMemory(ports.stateFiles(), ports.deviceMapper());
        this.site = site;
        this.files = files;
        this.wwids = new RememberedWwids(known, moreWwids);
        var self = context.getSelf();
        this.watch = ports.stateFiles().onChange(file -> self.tell(new Changed(file)));
    }

    private Behavior<Command> begin() {
        work();
        return Behaviors.receive(Command.class)
                .onMessage(Command.class, this::receive)
                .onSignal(PostStop.class, signal -> closed())
                .onSignal(PreRestart.class, signal -> closed())
                .build();
    }

    private Behavior<Command> receive(Command command) {
        switch (command) {
            case Name(var wwid, var wish, var replyTo) -> name(wwid, new Asked(wish, replyTo));
            case MapIs(var wwid) -> {
                wwids.remember(wwid);
                marks.mark(wwid, false, working);
            }
            case NotMade(var wwid) -> marks.mark(wwid, true, working);
            case Forget(var wwid) -> forget(wwid);
            case Explain(var wwid, var replyTo) -> replyTo.tell(account(wwid));
            case Changed(var file) -> changed(file);
            case Ended(var task, var result) -> ended(task, result);
            case Broke(var task, var cause) -> broke(task, cause);
            case Late(var wwid) -> late(wwid);
            case Again() -> again();
        }
        work();
        return Behaviors.same();
    }

    private void name(Wwid wwid, Asked one) {
        asked.put(wwid, one);
        open.add(wwid);
        timers.startSingleTimer(wwid, new Late(wwid), PATIENCE);
    }

    private void forget(Wwid wwid) {
        asked.remove(wwid);
        open.remove(wwid);
        unsettled.remove(wwid);
        given.remove(wwid);
        remarks.remove(wwid);
        wwids.forget(wwid);
        timers.cancel(wwid);
    }

    private NameAccount account(Wwid wwid) {
        return Optional.ofNullable(asked.get(wwid))
                .map(one -> NameAccount.of(
                        wwid, one.wish(), Optional.ofNullable(given.get(wwid)), remarks.getOrDefault(wwid, "")))
                .orElse(NameAccount.UNASKED);
    }

    /** A name that was given stays until the site's settings are read again, whatever a hand writes. */
    private void changed(File file) {
        switch (file) {
            case BINDINGS -> open.addAll(unsettled);
            case WWIDS -> reread = true;
            case PRKEYS -> {}
        }
    }

    /** What it was to do is done with the next try, not at once: it may break again. */
    private void broke(MapMemory.Task task, Throwable cause) {
        working = false;
        context.getLog().error("the state files", cause);
        unsettled.addAll(task.wishes().keySet());
        wwids.lost(task.remember());
        marks.lost(task.marks());
        timers.startSingleTimer("again", new Again(), AGAIN);
    }

    private void again() {
        open.addAll(unsettled);
        wwids.again();
        marks.again();
        reread = true;
    }

    private void late(Wwid wwid) {
        if (!asked.containsKey(wwid)) {
            return;
        }
        if (!given.containsKey(wwid)) {
            context.getLog().warn("{}: called by its WWID for now: no names for {} s", wwid, PATIENCE.toSeconds());
        }
        answer(wwid, new MapName.OfNewMap(given.getOrDefault(wwid, wwid.value())));
    }

    private void work() {
        var remember = wwids.toWrite();
        if (working || (open.isEmpty() && marks.isEmpty() && remember.isEmpty() && !reread)) {
            return;
        }
        var wishes = new LinkedHashMap<Wwid, NameWish>();
        open.forEach(wwid -> Optional.ofNullable(asked.get(wwid)).ifPresent(one -> wishes.put(wwid, one.wish())));
        var others = new TreeMap<Alias, String>();
        given.forEach((wwid, name) -> Alias.parse(name)
                .filter(alias -> !wishes.containsKey(wwid))
                .ifPresent(alias -> others.put(alias, wwid.value())));
        var task = new MapMemory.Task(wishes, others, site.aliases(), remember, marks.take());
        open.clear();
        reread = false;
        working = true;
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> memory.perform(task), files),
                (result, broke) -> result == null
                        ? new Broke(task, broke == null ? new IllegalStateException("no result") : broke)
                        : new Ended(task, result));
    }

    private void ended(MapMemory.Task task, MapMemory.Result result) {
        working = false;
        tell(result);
        result.names().forEach((wwid, name) -> {
            // asked again meanwhile, it is named again
            if (asked.containsKey(wwid) && !open.contains(wwid)) {
                named(wwid, name, result);
            }
        });
        marks.are(result.marked());
        result.wwids().ifPresentOrElse(now -> wwids.are(now, task.remember()), () -> wwids.lost(task.remember()));
        if (!unsettled.isEmpty() || result.wwids().isEmpty()) {
            timers.startSingleTimer("again", new Again(), AGAIN);
        }
    }

    private void named(Wwid wwid, MapName name, MapMemory.Result result) {
        if (result.settled()) {
            unsettled.remove(wwid);
        } else {
            unsettled.add(wwid);
        }
        if (name instanceof MapName.Wanted(var text)) {
            given.put(wwid, text);
            timers.cancel(wwid);
        }
        remarks.remove(wwid);
        Optional.ofNullable(result.remarks().get(wwid)).ifPresent(remark -> {
            remarks.put(wwid, remark);
            if (told.add(wwid + remark)) {
                context.getLog().warn("{}: not called as the site wants it: {}", wwid, remark);
                Audit.map(wwid, "not called as the site wants it: " + remark);
            }
        });
        answer(wwid, name);
    }

    private void answer(Wwid wwid, MapName name) {
        Optional.ofNullable(asked.get(wwid)).ifPresent(one -> one.replyTo().tell(new Named(wwid, name)));
    }

    /** Each once, until all is well again. */
    private void tell(MapMemory.Result result) {
        result.problems().stream()
                .filter(told::add)
                .forEach(problem -> context.getLog().warn("{}", problem));
        if (result.problems().isEmpty()) {
            told.clear();
        }
    }

    private Behavior<Command> closed() {
        watch.close();
        return Behaviors.same();
    }
}
