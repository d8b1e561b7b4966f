package org.lunwarden.fleet.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.fleet.history.HistorySettings.Folder;
import org.lunwarden.fleet.history.HistorySettings.Server;
import org.lunwarden.fleet.history.HistoryStore.Failed;
import org.lunwarden.fleet.history.HistoryStore.Observed;
import org.lunwarden.fleet.incident.Incident;

/**
 * Keeps the history of one view, and tells it. Nothing here blocks its caller: one thread writes, another one reads, each
 * with a connection of its own. While the store does not work, what is to be written waits in bounded room, the oldest
 * is dropped and counted, and the store is tried again, ever more slowly.
 */
public final class History implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    /** How far back incidents that are over are given back to a view that starts. */
    private static final Duration RECENT = Duration.ofHours(24);

    private static final Duration PRUNE = Duration.ofHours(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration END_WITHIN = Duration.ofSeconds(5);
    private static final int WAITING_READERS = 16;

    private final HistorySettings settings;
    private final String view;
    private final InstantSource clock;
    private final Backlog backlog = new Backlog();
    private final CompletableFuture<List<Incident>> restored = new CompletableFuture<>();
    private final Thread writer;
    private final ThreadPoolExecutor reader;
    private volatile String problem = "not opened yet";
    private volatile String refusal = "";
    private Optional<Instant> refusedAt = Optional.empty();
    private final AtomicLong written = new AtomicLong();
    private volatile boolean stopping;
    private Optional<HistoryStore> reading = Optional.empty();

    private History(HistorySettings settings, String view, InstantSource clock) {
        this.settings = settings;
        this.view = view;
        this.clock = clock;
        this.writer =
                Thread.ofPlatform().daemon().name("history-writer-" + view).unstarted(this::write);
        this.reader = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(WAITING_READERS),
                work -> Thread.ofPlatform()
                        .daemon()
                        .name("history-reader-" + view)
                        .unstarted(work));
        reader.allowCoreThreadTimeOut(true);
    }

    /** @param view its name: several may share a store */
    public static History start(HistorySettings settings, String view, InstantSource clock) {
        var history = new History(settings, view, clock);
        history.writer.start();
        return history;
    }

    /** The newest state of an incident. */
    public void keep(Incident incident) {
        backlog.add(incident);
    }

    public void note(Happening happening) {
        backlog.add(happening);
    }

    /** @param lines gives gzip of JSON lines: what was known of all hosts then; asked once, by another thread */
    public void keep(String incident, Instant at, Supplier<byte[]> lines) {
        backlog.add(new Observed(incident, at, lines));
    }

    /** What an earlier run of this view knew: open incidents, and those of the last day. Completed when the store first answers. */
    public CompletionStage<List<Incident>> restored() {
        return restored;
    }

    /** Fails with {@link Failed} when the store does not answer, or too many wait for it. */
    public CompletionStage<HistoryPage> happenings(HistoryQuery query) {
        return read(store -> store.happenings(query));
    }

    /** @param id also a former one */
    public CompletionStage<Optional<Incident>> incident(String id) {
        return isNoId(id) ? CompletableFuture.completedStage(Optional.empty()) : read(store -> store.incident(id));
    }

    /** What was kept of it with {@link #keep(String, Instant, Supplier)}: gzip of JSON lines, oldest first. */
    public CompletionStage<Optional<byte[]>> observed(String incident) {
        return isNoId(incident)
                ? CompletableFuture.completedStage(Optional.empty())
                : read(store -> store.observed(incident));
    }

    /** PostgreSQL refuses even to look for it. */
    private static boolean isNoId(String id) {
        return id.chars().anyMatch(Character::isISOControl);
    }

    public HistoryStatus status() {
        var store = switch (settings.where()) {
            case Folder folder -> "embedded";
            case Server server -> "postgresql";
        };
        var told = problem.isEmpty() ? refusal : problem;
        return new HistoryStatus(store, told.isEmpty(), told, backlog.size(), written.get(), backlog.dropped());
    }

    /** Writes what waits, for some seconds at most. */
    @Override
    public void close() {
        stopping = true;
        backlog.nudge();
        reader.shutdown();
        try {
            writer.join(END_WITHIN);
            if (reader.awaitTermination(1, TimeUnit.SECONDS)) {
                closeReading();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        reader.shutdownNow();
        writer.interrupt();
    }

    private void write() {
        var pause = SHORTEST_PAUSE;
        while (!Thread.currentThread().isInterrupted()) {
            try (var store = Databases.open(settings.where(), view)) {
                restored.complete(
                        restored.isDone()
                                ? List.of()
                                : store.incidents(clock.instant().minus(RECENT)));
                var pruned = Optional.<Instant>empty();
                problem = "";
                while (true) {
                    backlog.await(stopping ? 0 : pruned.isEmpty() ? 50 : 1_000);
                    var batch = backlog.take();
                    if (batch.size() > 0) {
                        keep(store, batch);
                        pause = SHORTEST_PAUSE;
                    } else if (stopping) {
                        return;
                    }
                    var now = clock.instant();
                    if (pruned.map(at -> now.isAfter(at.plus(PRUNE))).orElse(true)) {
                        pruned = prune(store, now) ? Optional.empty() : Optional.of(now);
                    }
                }
            } catch (Failed failed) {
                tell(String.valueOf(failed.getMessage()));
            } catch (InterruptedException interrupted) {
                return;
            } catch (RuntimeException | Error broken) { // whatever it is, nobody else would tell
                LOG.error("the history broke", broken);
                problem = broken.toString();
            }
            if (stopping || !rest(pause)) {
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** A slice at a time, so that nothing waits for it. Gives whether something may be left. */
    private boolean prune(HistoryStore store, Instant now) {
        if (refusedAt.map(at -> now.isAfter(at.plus(PRUNE))).orElse(false)) {
            refusedAt = Optional.empty();
            refusal = "";
        }
        try {
            return store.forget(now.minus(settings.retention())) > 0;
        } catch (Failed failed) {
            LOG.warn("nothing is forgotten: {}", failed.getMessage());
            return false;
        }
    }

    /**
     * What the store refuses would be refused for ever, and all that follows would wait for it: it is looked for entry by
     * entry. Of what was tried before, the answer may have been lost.
     */
    private void keep(HistoryStore store, Backlog.Batch batch) throws Failed {
        var isThere = backlog.isRepeated() && store.endsWith(batch.happenings());
        try {
            store.keep(batch.incidents(), isThere ? List.of() : batch.happenings(), batch.observed());
            written.addAndGet(batch.size());
            backlog.done(false);
        } catch (Failed failed) {
            if (!failed.isRefused()) {
                throw failed;
            }
            if (batch.size() > 1) {
                backlog.apart();
                return;
            }
            LOG.error("the history refuses an entry: {}", failed.getMessage());
            refusal = "an entry was refused: " + failed.getMessage();
            refusedAt = Optional.of(clock.instant());
            backlog.done(true);
        }
    }

    private void tell(String now) {
        if (!problem.equals(now)) {
            LOG.warn("history is not kept: {}", now);
        }
        problem = now;
    }

    private boolean rest(Duration pause) {
        var end = System.nanoTime() + pause.toNanos();
        try {
            while (!stopping && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            return true;
        } catch (InterruptedException interrupted) {
            return false;
        }
    }

    private interface Question<T> {
        T of(HistoryStore store) throws Failed;
    }

    private <T> CompletionStage<T> read(Question<T> question) {
        var answer = new CompletableFuture<T>();
        try {
            reader.execute(() -> answer(question, answer));
        } catch (RejectedExecutionException busy) {
            answer.completeExceptionally(new Failed("too many questions wait for the history", false, busy));
        }
        return answer;
    }

    private <T> void answer(Question<T> question, CompletableFuture<T> answer) {
        try {
            if (reading.isEmpty()) {
                reading = Optional.of(Databases.open(settings.where(), view));
            }
            answer.complete(question.of(reading.get()));
        } catch (Failed | RuntimeException | Error broken) { // whoever asked would wait for ever
            closeReading();
            answer.completeExceptionally(broken);
        }
    }

    private void closeReading() {
        reading.ifPresent(HistoryStore::close);
        reading = Optional.empty();
    }
}
