package org.lunwarden.map;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Holds what it is given until the test runs it, and counts how much was held at once. */
final class HeldExecutor implements Executor {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    volatile int most;

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
        most = Math.max(most, tasks.size());
        notifyAll();
    }

    /** Waits until something is held. */
    synchronized void awaitTask() {
        try {
            while (tasks.isEmpty()) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized int waiting() {
        return tasks.size();
    }

    boolean runOne() {
        Optional<Runnable> task;
        synchronized (this) {
            task = Optional.ofNullable(tasks.poll());
        }
        task.ifPresent(Runnable::run);
        return task.isPresent();
    }

    /** Runs one in a thread of its own, for one that does not return. */
    Thread runOneElsewhere() {
        awaitTask();
        var thread = new Thread(this::runOne, "held");
        thread.start();
        return thread;
    }
}
