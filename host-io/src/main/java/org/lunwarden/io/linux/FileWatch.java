package org.lunwarden.io.linux;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.lunwarden.io.Subscription;

/** Tells which files of a directory change (inotify), one that is made only later, too. */
record FileWatch(Path directory) {

    private static final int AGAIN_SECONDS = 10;

    /** @param listener hears names of files, or nothing when any may have changed */
    Subscription start(Consumer<Optional<String>> listener) {
        var open = new AtomicReference<@Nullable WatchService>();
        var closed = new CountDownLatch(1);
        var thread = new Thread(() -> watch(listener, open, closed), "state-files");
        thread.setDaemon(true);
        thread.start();
        return () -> {
            closed.countDown();
            close(open.get());
        };
    }

    private void watch(
            Consumer<Optional<String>> listener, AtomicReference<@Nullable WatchService> open, CountDownLatch closed) {
        try {
            do {
                follow(listener, open, closed);
            } while (!closed.await(AGAIN_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the directory is gone, or the watch is closed. */
    private void follow(
            Consumer<Optional<String>> listener, AtomicReference<@Nullable WatchService> open, CountDownLatch closed)
            throws InterruptedException {
        try (var watch = FileSystems.getDefault().newWatchService()) {
            open.set(watch);
            if (closed.getCount() == 0 || !Files.isDirectory(directory)) {
                return;
            }
            directory.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            listener.accept(Optional.empty());
            var key = watch.take();
            while (true) {
                for (var event : key.pollEvents()) {
                    listener.accept(
                            event.context() instanceof Path file ? Optional.of(file.toString()) : Optional.empty());
                }
                if (!key.reset()) {
                    return;
                }
                key = watch.take();
            }
        } catch (ClosedWatchServiceException | IOException ended) {
            // what is not told of a file is seen when it is read again
        }
    }

    private static void close(@Nullable WatchService watch) {
        try {
            if (watch != null) {
                watch.close();
            }
        } catch (IOException broke) {
            // the thread ends all the same
        }
    }
}
