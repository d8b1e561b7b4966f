package org.lunwarden.map;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Lets no more than so many begin before others have ended, in the order in which they asked. Safe for use by several threads. */
final class Turns {

    /** The turn of what waits for nobody. */
    static final CompletionStage<Turn> FREE = CompletableFuture.completedFuture(() -> {});

    private final Queue<CompletableFuture<Turn>> waiting = new ArrayDeque<>();
    private final Executor later;
    private int left;

    /** Ends once, however often it is told to. */
    interface Turn {
        void end();
    }

    /** @param later runs what it is given when a turn has lasted long enough */
    Turns(int atOnce, Executor later) {
        this.left = atOnce;
        this.later = later;
    }

    CompletionStage<Turn> next() {
        synchronized (this) {
            if (left == 0) {
                var turn = new CompletableFuture<Turn>();
                waiting.add(turn);
                return turn;
            }
            left--;
        }
        return CompletableFuture.completedFuture(new Taken());
    }

    private void ended() {
        CompletableFuture<Turn> next;
        synchronized (this) {
            if (waiting.isEmpty()) {
                left++;
                return;
            }
            next = waiting.remove();
        }
        next.complete(new Taken());
    }

    private final class Taken implements Turn {

        private boolean over;

        @Override
        public void end() {
            synchronized (this) {
                if (over) {
                    return;
                }
                over = true;
            }
            ended();
        }
    }

    /** Has a turn end after a while, too. */
    void bound(Turn turn) {
        later.execute(turn::end);
    }
}
