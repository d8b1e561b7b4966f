package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

import org.lunwarden.fleet.SharedAlerts.NotRead;
import org.lunwarden.fleet.SharedAlerts.NotWritten;
import org.lunwarden.fleet.SharedAlerts.Read;
import org.lunwarden.fleet.SharedAlerts.Written;
import org.lunwarden.fleet.alert.AlertEntry;
import org.lunwarden.fleet.alert.Alerts;
import org.lunwarden.fleet.alert.KeptAlerts;
import org.lunwarden.fleet.alert.Notification;
import org.lunwarden.fleet.alert.Window;
import org.lunwarden.fleet.channel.Channel;
import org.lunwarden.fleet.channel.Channel.Outcome;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.sitefile.SiteFile;

/**
 * The fleet's one notifier, on one of the views. What it decides to tell is written to a majority of the views before it is
 * sent, and that it was sent is written after: a successor knows what may have been sent and sends it again under the same
 * id. Without a majority nothing is sent.
 */
final class AlertNotifier {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration VIEW = Duration.ofSeconds(5);

    /** What is decided walks the whole fleet: less often while it is as it was. */
    private static final Duration UNCHANGED = Duration.ofSeconds(5);

    /** A majority that answered so lately is one. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    sealed interface Command permits SharedAlerts.Answer, Gathered, Look, Seen, NotSeen, Sent, Repeated {}

    /** What the views had kept when they were started. */
    private record Gathered(Collection<KeptAlerts> kept) implements Command {}

    private record Look() implements Command {}

    private record Seen(ViewActor.News news) implements Command {}

    private record NotSeen() implements Command {}

    private record Sent(Post post, Notification notification, Outcome outcome) implements Command {}

    private record Repeated(Post post, Outcome outcome) implements Command {}

    /**
     * What else it is given, on whichever view it runs.
     *
     * @param seeds the views that may have kept what was told when all of them were stopped
     */
    record Parts(
            Alerting alerting,
            Supplier<Names> names,
            List<Channel> channels,
            Supplier<List<Window>> windows,
            Supplier<SiteFile> site,
            List<MemberAddress> seeds,
            ViewCounts counts,
            InstantSource clock) {}

    private final ActorContext<Command> context;
    private final ActorRef<ViewActor.Command> view;
    private final Parts parts;
    private final SharedAlerts book;
    private final List<Post> posts;
    private final List<String> names;
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Instant since;
    private Outbox outbox;
    private Instant majorityAt = Instant.EPOCH;
    private boolean isConfirming;
    private long seenRevision = -1;
    private Instant decidedAt = Instant.EPOCH;

    private AlertNotifier(
            ActorContext<Command> context, ActorRef<ViewActor.Command> view, Parts parts, SharedAlerts book) {
        this.context = context;
        this.view = view;
        this.parts = parts;
        this.book = book;
        this.posts = parts.channels().stream().map(Post::new).toList();
        this.names = parts.channels().stream().map(Channel::name).toList();
        this.since = parts.clock().instant();
        this.outbox = new Outbox(List.of(), names, 0);
    }

    /** @param view of the same member */
    static Behavior<Command> create(ActorRef<ViewActor.Command> view, Parts parts) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new AlertNotifier(context, view, parts, SharedAlerts.of(context)).reading(timers)));
    }

    /**
     * Nothing is decided before the book was read from a majority of the views. While no view has begun one, what they kept on
     * their disks counts; of one that is begun and empty, all was dropped.
     */
    private Behavior<Command> reading(TimerScheduler<Command> timers) {
        timers.startTimerWithFixedDelay(new Look(), LOOK);
        book.read();
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Read(var entries, var begun)
                when begun || parts.alerting().spool().isEmpty() -> {
                    return take(entries, entries);
                }
                case Read notBegun -> gather();
                case NotRead() -> book.read();
                case Gathered(var kept) -> {
                    book.read();
                    return beginning(KeptAlerts.merged(kept));
                }
                case SharedAlerts.Answer late -> {}
                case Look() -> {}
                case Seen late -> {}
                case NotSeen() -> {}
                case Sent late -> {}
                case Repeated late -> {}
            }
            return Behaviors.same();
        });
    }

    private void gather() {
        var me = context.getSelf();
        context.spawnAnonymous(
                KeptGathering.create(parts.seeds(), parts.alerting().gather(), kept -> me.tell(new Gathered(kept))));
    }

    /** It took a while to gather what was kept: somebody may have begun a book since. */
    private Behavior<Command> beginning(List<AlertEntry> kept) {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Read(var entries, var begun) -> {
                    return take(entries, begun ? entries : kept);
                }
                case NotRead() -> book.read();
                case SharedAlerts.Answer late -> {}
                case Gathered twice -> {}
                case Look() -> {}
                case Seen late -> {}
                case NotSeen() -> {}
                case Sent late -> {}
                case Repeated late -> {}
            }
            return Behaviors.same();
        });
    }

    private Behavior<Command> take(List<AlertEntry> agreed, List<AlertEntry> known) {
        outbox = new Outbox(agreed, names, AlertBook.latest(known) + 1);
        outbox.begin(known);
        majorityAt = now();
        context.getLog()
                .info("notifier of the fleet: {} incidents were told of, {} channels", known.size(), names.size());
        goOn();
        return Behaviors.receiveMessage(this::on);
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Look() -> {
                if (!posts.isEmpty()) {
                    look();
                }
                parts.counts().notifierIs(now(), waiting(), outbox.entries().size(), outbox.size());
            }
            case Seen(var news) -> news.fleet().ifPresentOrElse(this::seen, this::goOn);
            case NotSeen() -> {}
            case Gathered late -> {}
            case Written() -> {
                outbox.written();
                parts.counts().bookWritten(true);
                majorityAt = now();
                goOn();
            }
            case NotWritten() -> {
                outbox.notWritten();
                parts.counts().bookWritten(false);
                confirm();
            }
            case Read(var entries, var begun) -> {
                isConfirming = false;
                if (AlertBook.latest(entries) > outbox.epoch()) {
                    throw new IllegalStateException("another notifier has begun since");
                }
                majorityAt = now();
                send();
            }
            case NotRead() -> isConfirming = false;
            case Sent sent -> sent(sent);
            case Repeated(var post, var outcome) -> post.repeated(outcome, context.getLog());
        }
        return Behaviors.same();
    }

    private void look() {
        var since = now().isBefore(decidedAt.plus(UNCHANGED)) ? seenRevision : -1;
        context.ask(
                ViewActor.News.class,
                view,
                VIEW,
                replyTo -> new ViewActor.GetNews(since, replyTo),
                (news, broke) -> news != null ? new Seen(news) : new NotSeen());
    }

    private void seen(FleetSnapshot fleet) {
        if (!fleet.member() || !fleet.majority()) {
            return;
        }
        var now = now();
        seenRevision = fleet.revision();
        decidedAt = now;
        var alerts = new Alerts(
                outbox.entries(),
                fleet,
                parts.windows().get(),
                parts.site().get(),
                since,
                parts.alerting().when().with(parts.names().get()));
        outbox.decided(alerts.next(now));
        outbox.clean(now, entry -> fleet.incidents().stream().anyMatch(entry::isOf));
        goOn();
    }

    private void goOn() {
        outbox.nextBatch().ifPresent(batch -> book.write(batch.entries(), batch.dropped()));
        send();
    }

    /** Only while a majority answers: one that is cut off may not know that another one was begun. */
    private void send() {
        var now = now();
        if (posts.stream().noneMatch(post -> next(post, now).isPresent() || isToRepeat(post, now))) {
            return;
        }
        if (majorityAt.plus(FRESH).isBefore(now)) {
            confirm();
            return;
        }
        for (var post : posts) {
            next(post, now).ifPresent(next -> send(post, next, now));
            if (isToRepeat(post, now)) {
                repeat(post, now);
            }
        }
    }

    private Optional<Notification> next(Post post, Instant now) {
        return post.isBusy ? Optional.empty() : post.next(outbox.waitingFor(post.channel.name()), now);
    }

    private void confirm() {
        if (!isConfirming) {
            isConfirming = true;
            book.read();
        }
    }

    private void send(Post post, Notification next, Instant now) {
        post.isBusy = true;
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> post.channel.send(next, now), threads),
                (outcome, broke) -> new Sent(post, next, outcome != null ? outcome : broken(broke)));
    }

    private boolean isToRepeat(Post post, Instant now) {
        return post.isToRepeat(now)
                && !outbox.standing(post.channel.name(), now).isEmpty();
    }

    private void repeat(Post post, Instant now) {
        post.isRepeating = true;
        post.repeatedAt = now;
        var standing = outbox.standing(post.channel.name(), now);
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> post.channel.repeat(standing, now), threads),
                (outcome, broke) -> new Repeated(post, outcome != null ? outcome : broken(broke)));
    }

    private static Outcome broken(Throwable broke) {
        return new Outcome.Again(String.valueOf(broke), Optional.empty());
    }

    private void sent(Sent sent) {
        var post = sent.post();
        post.isBusy = false;
        var told = sent.notification();
        parts.counts().told(post.channel.name(), sent.outcome());
        if (post.isDone(told, sent.outcome(), now(), context.getLog())) {
            outbox.delivered(post.channel.name(), told.incident(), told.number());
            context.getLog()
                    .info("{} {}: told to {}", told.incident(), told.kind().word(), post.channel.name());
        }
        goOn();
    }

    private List<ViewFigures.Waiting> waiting() {
        return posts.stream()
                .map(post -> new ViewFigures.Waiting(
                        post.channel.name(),
                        outbox.waitingFor(post.channel.name()).size(),
                        post.isFailing()))
                .toList();
    }

    private Instant now() {
        return parts.clock().instant();
    }
}
