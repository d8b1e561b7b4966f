package org.lunwarden.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.fleet.FailbackAsked.SteerReply;

/**
 * What a coordinator has written in the shared book, how much of it the views and the disks of the seeds have, and who waits
 * for that.
 * Owned by the coordinator.
 */
final class FailbackLedger {

    /** What a {@link #doubt} is answered by. */
    static final long DOUBT = -1;

    /** Somebody who is told once that write is done, see {@link SharedBook.Written}. */
    private record Waiting(long number, ActorRef<SteerReply> replyTo) {}

    private final SharedBook book;
    private final List<Waiting> waiting = new ArrayList<>();
    private long writes;
    private long confirmed;
    private long readAfter;
    private long clearedAfter;

    FailbackLedger(SharedBook book) {
        this.book = book;
    }

    /** Its answer has no write before it that it could clear. */
    void read() {
        book.read(0);
    }

    /** The same, of what has come since the book was read or written. */
    void look() {
        book.readAgain(0);
    }

    /** Asks the views and the seeds whether somebody else has begun, whatever has been written. */
    void doubt() {
        book.read(DOUBT);
    }

    /** Gives the number that the answer will carry. */
    long write(FailbackWork work) {
        book.write(++writes, work.entry());
        return writes;
    }

    boolean isLast(long number) {
        return number == writes;
    }

    void written(long number) {
        confirmed = Math.max(confirmed, number);
    }

    /** The book was read after that write, and had nobody else in it. */
    void cleared(long number) {
        clearedAfter = Math.max(clearedAfter, number);
    }

    /**
     * Whether the last write is done, and the book, read afterwards, has nobody else in it; if it has not been read, it is.
     */
    boolean mayAct() {
        if (clearedAfter == writes) {
            return true;
        }
        if (confirmed == writes && readAfter != writes) {
            readAfter = writes;
            book.readAgain(writes);
        }
        return false;
    }

    /** Has somebody told when the last write is done. */
    void await(ActorRef<SteerReply> replyTo) {
        waiting.add(new Waiting(writes, replyTo));
    }

    /** Tells those whose wish is written. */
    void answer(FailbackProgress progress) {
        waiting.removeIf(each -> {
            var isWritten = each.number() <= confirmed;
            if (isWritten) {
                each.replyTo().tell(new SteerReply(Optional.of(progress), Optional.empty()));
            }
            return isWritten;
        });
    }

    void refuseAll(String why) {
        waiting.forEach(each -> each.replyTo().tell(new SteerReply(Optional.empty(), Optional.of(why))));
        waiting.clear();
    }
}
