package org.lunwarden.fleet;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.lunwarden.fleet.alert.Window;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.failback.FailbackPlan;
import org.lunwarden.fleet.history.HistoryPage;
import org.lunwarden.fleet.history.HistoryQuery;
import org.lunwarden.fleet.history.HistoryStatus;
import org.lunwarden.fleet.incident.Acknowledgement;
import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.resize.ResizePlan;
import org.lunwarden.fleet.resize.ResizeProgress;
import org.lunwarden.fleet.sitefile.SiteFile;
import org.lunwarden.model.Component;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostAnswer;
import org.lunwarden.model.fleet.HostId;

/**
 * The fleet, as asked of one view. Any thread may call; nothing blocks. A stage fails only while this view's fleet
 * system is being restarted, with {@link FleetUnavailable}; {@link #snapshot} gives the last one known even then.
 */
public interface FleetView {

    CompletionStage<FleetSnapshot> snapshot();

    /** How the fleet and this view are, in few numbers. Cheap, but not for each millisecond. Never fails. */
    CompletionStage<ViewFigures> figures();

    /**
     * Asks a host for its maps in full; all of them without a WWID.
     *
     * @return {@link HostAnswer.Maps}, or {@link HostAnswer.Refused} with the reason: the host is not known, or is silent;
     *     {@link HostAnswer.Unanswered} when it did not answer in time
     */
    CompletionStage<HostAnswer> describeMaps(HostId host, Optional<Wwid> wwid);

    /**
     * What a failback would do now, and what it would leave out and why; with a component, only maps that prefer nexuses
     * through it. Changes nothing.
     */
    CompletionStage<FailbackPlan> planFailback(Optional<Component> component);

    /**
     * Has the fleet's one coordinator plan and start a failback.
     *
     * @param plan fingerprint of the plan that was agreed to: with any other nothing moves; empty: whichever is made
     * @param by who wants it; may be empty
     */
    CompletionStage<FailbackStart> startFailback(Optional<Component> component, Optional<String> plan, String by);

    /**
     * Ends a live failback. What was moved stays moved; of a step that hosts are at is told what is not known of it. Empty
     * when no live one has this id; fails with {@link FleetUnavailable} when that is not written, or nobody can look for it since
     * another one is under way.
     */
    CompletionStage<Optional<FailbackProgress>> stopFailback(String id);

    /** Has a live failback begin nothing new, or go on. Empty, and fails, as {@link #stopFailback}. */
    CompletionStage<Optional<FailbackProgress>> pauseFailback(String id, boolean paused);

    CompletionStage<Optional<FailbackProgress>> failback(String id);

    /** Those of the last while, newest first. */
    CompletionStage<List<FailbackProgress>> failbacks();

    /** What the site file says; {@link SiteFile#NONE} without one. */
    SiteFile site();

    /** Addresses of the views that follow another site file than this one, as far as they have said; sorted. */
    List<String> viewsWithAnotherSite();

    /** What people call components now: as the configuration says, and the site file where that one does not. */
    Names names();

    /** What happened, as this view has kept it. Fails with {@link FleetUnavailable} when it keeps none, or its store does not answer. */
    CompletionStage<HistoryPage> history(HistoryQuery query);

    /** An incident that the snapshot no longer has. Empty as well when no history is kept. */
    CompletionStage<Optional<Incident>> pastIncident(String id);

    HistoryStatus historyStatus();

    /** Silences and maintenance, of any time, newest first. */
    CompletionStage<List<Window>> windows();

    /**
     * Has all views agree on a silence or maintenance, a new one or a changed one.
     *
     * @return as it holds now; fails with {@link FleetUnavailable} when no majority of the views answers
     */
    CompletionStage<Window> agree(Window window);

    /** What the newest verdict rests on, as gzip of the JSON lines that {@code lunwarden diagnose} reads. */
    CompletionStage<byte[]> observations();

    /**
     * What was known of all hosts when an incident began, was confirmed, and was found to be something else; as {@link
     * #observations}. Empty when none was kept.
     */
    CompletionStage<Optional<byte[]>> observations(String incident);

    /**
     * Says to all views that somebody takes care of an open incident, or, {@code withdrawn}, no longer does. Done when a
     * majority of the views knows it.
     *
     * @param by not empty
     */
    CompletionStage<Acknowledging> acknowledge(String id, String by, String comment, boolean withdrawn);

    /** Whose maps of a LUN would be given its size, and what speaks against it now. Changes nothing. */
    CompletionStage<ResizePlan> planResize(Wwid wwid);

    /**
     * Has every host read the paths of a LUN anew, and gives all maps of it the size that all paths have, if they work and
     * agree. One that is under way for that LUN is given instead.
     */
    CompletionStage<ResizeProgress> startResize(Wwid wwid, String by);

    /** One that this view was asked for; empty when none is known by this id. */
    CompletionStage<Optional<ResizeProgress>> resize(String id);

    /**
     * Hears events: those after {@code afterEventId} that are still known (an id that is not gets {@link
     * FleetEvent.EventsMissed} first), then all to come. The listener must not block. Close it to hear no more.
     */
    AutoCloseable subscribe(Optional<String> afterEventId, Consumer<FleetEvent> listener);

    /** What became of a wish to start. */
    sealed interface FailbackStart {
        /** Also when there is nothing to move: it is done at once. */
        record Started(FailbackProgress progress) implements FailbackStart {}

        /** @param running the failback that must end first, if that is the reason */
        record Refused(String reason, Optional<String> running) implements FailbackStart {}
    }

    /** What became of a word on an incident. */
    sealed interface Acknowledging {
        record Said(Acknowledgement acknowledgement) implements Acknowledging {}

        /** No open incident has this id. */
        record NotOpen() implements Acknowledging {}
    }

    /** This view is not in the fleet at the moment. */
    final class FleetUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public FleetUnavailable(String message) {
            super(message);
        }
    }
}
