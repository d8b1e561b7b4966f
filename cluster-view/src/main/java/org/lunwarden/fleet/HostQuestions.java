package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

import org.lunwarden.fleet.wire.ToHost;
import org.lunwarden.fleet.wire.ToView;
import org.lunwarden.fleet.wire.ToView.Answered;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;

/** What a view has asked of hosts and waits for. Owned by the view's actor. */
final class HostQuestions {

    private record Question(HostId host, ActorRef<HostAnswer> replyTo, List<HostAnswer.Maps> soFar) {}

    private final FleetState state;
    private final TimerScheduler<ViewActor.Command> timers;
    private final Duration patience;
    private final ActorRef<ToView> me;
    private final Map<Long, Question> questions = new HashMap<>();
    private long count;

    /** @param patience with a host that has only to look */
    HostQuestions(FleetState state, TimerScheduler<ViewActor.Command> timers, Duration patience, ActorRef<ToView> me) {
        this.state = state;
        this.timers = timers;
        this.patience = patience;
        this.me = me;
    }

    void ask(ViewActor.AskHost ask, Instant now) {
        var contact = state.contact(ask.host());
        var address = state.address(ask.host());
        if (contact.isEmpty() || address.isEmpty()) {
            ask.replyTo().tell(new HostAnswer.Refused("host " + ask.host() + " is not known here"));
        } else if (contact.get() == Contact.SILENT || contact.get() == Contact.STOPPED) {
            ask.replyTo().tell(new HostAnswer.Refused("host " + ask.host() + " does not report"));
        } else if (isAct(ask.command()) && state.isDoubled(ask.host(), now)) {
            ask.replyTo().tell(new HostAnswer.Refused("two daemons report as host " + ask.host()));
        } else {
            var question = ++count;
            questions.put(question, new Question(ask.host(), ask.replyTo(), List.of()));
            address.get().tell(new ToHost.CarryOut(question, ask.command(), me));
            var wait = waitFor(ask.command());
            timers.startSingleTimer(question, new ViewActor.NoAnswer(question, wait), wait);
        }
    }

    /** Whether it changes a map. */
    private static boolean isAct(HostCommand command) {
        return command instanceof HostCommand.OfFailback || command instanceof HostCommand.Resize;
    }

    /** Longer than the host has patience: what this view gave up must not be begun any more. */
    private Duration waitFor(HostCommand command) {
        return switch (command) {
            case HostCommand.OfFailback step ->
                step.patience().plus(step.patience().dividedBy(4));
            case HostCommand.CheckNexuses check -> patience;
            case HostCommand.DescribeMaps describe -> patience;
            case HostCommand.RescanPaths rescan -> HostCommand.RESIZE_PATIENCE;
            case HostCommand.Resize resize -> HostCommand.RESIZE_PATIENCE;
        };
    }

    void answered(Answered answered) {
        var question = questions.get(answered.question());
        if (question == null) {
            return;
        }
        if (answered.last()) {
            questions.remove(answered.question());
            timers.cancel(answered.question());
            question.replyTo().tell(MapsInPieces.join(question.soFar(), answered.answer()));
        } else if (answered.answer() instanceof HostAnswer.Maps piece) {
            questions.put(
                    answered.question(),
                    new Question(question.host(), question.replyTo(), MapsInPieces.add(question.soFar(), piece)));
        }
    }

    void noAnswer(long number, Duration wait) {
        var question = questions.remove(number);
        if (question != null) {
            var waited = wait.toMillis();
            question.replyTo()
                    .tell(new HostAnswer.Unanswered(
                            "host " + question.host() + " did not answer within " + waited + " ms"));
        }
    }
}
