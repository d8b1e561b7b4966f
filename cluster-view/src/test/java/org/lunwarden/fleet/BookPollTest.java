package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.BookPoll.Event;
import org.lunwarden.fleet.BookPoll.OfViews;
import org.lunwarden.fleet.FailbackSpool.Held;
import org.lunwarden.fleet.FailbackSpool.Keep;
import org.lunwarden.fleet.FailbackSpool.Kept;
import org.lunwarden.fleet.FailbackSpool.Later;
import org.lunwarden.fleet.FailbackSpool.NotKept;
import org.lunwarden.fleet.FailbackSpool.Tell;
import org.lunwarden.fleet.SharedBook.NotRead;
import org.lunwarden.fleet.SharedBook.NotWritten;
import org.lunwarden.fleet.SharedBook.Read;
import org.lunwarden.fleet.SharedBook.Surpassed;
import org.lunwarden.fleet.SharedBook.Written;
import org.lunwarden.kit.HandDrivenScheduler;
import org.lunwarden.model.fleet.Epoch;

/** Three seeds, and the views, answer when the test does. */
class BookPollTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<MemberAddress> SEEDS =
            List.of(MemberAddress.parse("v1:7600"), MemberAddress.parse("v2:7600"), MemberAddress.parse("v3:7600"));
    private static final long NUMBER = 4;

    private final ActorTestKit kit = ActorTestKit.create("poll", HandDrivenScheduler.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<SharedBook.Answer> coordinator = kit.createTestProbe("coordinator");
    private final TestProbe<Sent> spools = kit.createTestProbe("spools");

    private record Sent(MemberAddress seed, FailbackSpool.Command command) {}

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whatTheViewsKnowIsWrittenOnlyWhenMostOfTheSeedsHaveItOnDisk() {
        var poll = writing(entry(7, 2));
        poll.tell(new OfViews(new Written(NUMBER)));
        poll.tell(new Kept("v2:7600"));
        poll.tell(new Kept("v2:7600"));
        poll.tell(new Kept("v9:7600"));
        coordinator.expectNoMessage();

        poll.tell(new Kept("v1:7600"));

        coordinator.expectMessage(new Written(NUMBER));
    }

    @Test
    void whatTheSeedsHaveOnDiskIsWrittenOnlyWhenAMajorityOfTheViewsKnowsIt() {
        var poll = writing(entry(7, 2));
        poll.tell(new Kept("v1:7600"));
        poll.tell(new Kept("v2:7600"));
        poll.tell(new Kept("v3:7600"));
        coordinator.expectNoMessage();

        poll.tell(new OfViews(new Written(NUMBER)));

        coordinator.expectMessage(new Written(NUMBER));
    }

    @Test
    void disksThatCannotBecomeMostAreNotWaitedForAndNamed() {
        var poll = writing(entry(7, 2));
        poll.tell(new OfViews(new Written(NUMBER)));
        poll.tell(new Kept("v1:7600"));
        poll.tell(new NotKept("v2:7600", "No space left on device"));
        coordinator.expectNoMessage();

        poll.tell(new NotKept("v3:7600", "Read-only file system"));

        coordinator.expectMessage(new NotWritten(
                NUMBER,
                "it is on the disks of only 1 of 3 seeds"
                        + " (v2:7600: No space left on device, v3:7600: Read-only file system)"));
    }

    @Test
    void seedsThatSayNothingAreAskedAgainAndWaitedForNoLongerThanAMajorityIs() {
        var poll = writing(entry(7, 2));
        assertThat(asked()).containsExactlyElementsOf(SEEDS);
        poll.tell(new OfViews(new Written(NUMBER)));
        poll.tell(new Kept("v1:7600"));
        coordinator.expectNoMessage();

        time.timePasses(Duration.ofMillis(500));
        assertThat(spools.receiveMessage().seed()).isEqualTo(SEEDS.get(1));
        assertThat(spools.receiveMessage().seed()).isEqualTo(SEEDS.get(2));
        time.timePasses(SharedBook.MAJORITY);

        coordinator.expectMessage(new NotWritten(
                NUMBER, "it is on the disks of only 1 of 3 seeds (v2:7600: no answer, v3:7600: no answer)"));
    }

    @Test
    void oneSeedThatKnowsOfALaterCoordinatorIsEnoughToSendThisOneHome() {
        var poll = writing(entry(7, 2));
        poll.tell(new Kept("v1:7600"));

        poll.tell(new Later("v3:7600", new Epoch(9, "v3:7600#c3")));

        coordinator.expectMessage(new Surpassed(NUMBER, new Epoch(9, "v3:7600#c3")));
    }

    @Test
    void aViewThatRefusesIsTheAnswer() {
        writing(entry(7, 2)).tell(new OfViews(new NotWritten(NUMBER, SharedBook.NO_MAJORITY)));

        coordinator.expectMessage(new NotWritten(NUMBER, SharedBook.NO_MAJORITY));
    }

    @Test
    void whatCountsOfAFailbackIsTheNewestThatAnyOfTheSeedsOrTheViewsKnow() {
        var poll = reading();
        assertThat(asked()).containsExactlyElementsOf(SEEDS);
        poll.tell(new OfViews(new Read(NUMBER, List.of(entry(7, 2)))));
        poll.tell(new Held("v2:7600", List.of(entry(7, 5))));
        coordinator.expectNoMessage();

        poll.tell(new Held("v3:7600", List.of(entry(7, 4))));
        poll.tell(new Held("v1:7600", List.of()));

        coordinator.expectMessage(new Read(NUMBER, List.of(entry(7, 5))));
    }

    @Test
    void aReadWaitsForEachSeedSinceOneOfTheOthersMayHaveANewDisk() {
        var poll = reading();
        poll.tell(new OfViews(new Read(NUMBER, List.of())));
        poll.tell(new Held("v2:7600", List.of()));
        poll.tell(new Held("v3:7600", List.of()));
        coordinator.expectNoMessage();

        poll.tell(new Held("v1:7600", List.of(entry(7, 5))));

        coordinator.expectMessage(new Read(NUMBER, List.of(entry(7, 5))));
    }

    @Test
    void aSeedThatStaysAwayIsWaitedForNoLongerThanAMajorityIs() {
        var poll = reading();
        poll.tell(new OfViews(new Read(NUMBER, List.of())));
        poll.tell(new Held("v2:7600", List.of()));
        poll.tell(new Held("v3:7600", List.of(entry(7, 5))));
        coordinator.expectNoMessage();

        time.timePasses(SharedBook.MAJORITY);

        coordinator.expectMessage(new Read(NUMBER, List.of(entry(7, 5))));
    }

    @Test
    void aReadAfterAnOwnWriteWaitsForMostSeedsOnly() {
        var poll = kit.spawn(BookPoll.readAgain(NUMBER, context -> new AskedElsewhere(), spools(), coordinator.ref()));
        poll.tell(new OfViews(new Read(NUMBER, List.of(entry(7, 5)))));
        poll.tell(new Held("v2:7600", List.of()));
        coordinator.expectNoMessage();

        poll.tell(new Held("v3:7600", List.of()));

        coordinator.expectMessage(new Read(NUMBER, List.of(entry(7, 5))));
    }

    @Test
    void seedsThatCannotReadTheirDisksDoNotCountAsEmptyOnes() {
        var poll = reading();
        poll.tell(new OfViews(new Read(NUMBER, List.of())));
        poll.tell(new Held("v1:7600", List.of()));
        poll.tell(new NotKept("v2:7600", "Input/output error"));
        coordinator.expectNoMessage();

        poll.tell(new NotKept("v3:7600", "Input/output error"));

        coordinator.expectMessage(new NotRead(
                NUMBER,
                "how failbacks stand is told by only 1 of 3 seeds"
                        + " (v2:7600: Input/output error, v3:7600: Input/output error)"));
    }

    @Test
    void whereNoSeedIsAViewNothingIsWrittenNorReadAndThatIsTold() {
        var none = new SeedSpools(List::of, (seed, command) -> {});

        kit.spawn(BookPoll.write(NUMBER, entry(7, 2), context -> new AskedElsewhere(), none, coordinator.ref()))
                .tell(new OfViews(new Written(NUMBER)));
        coordinator.expectMessage(new NotWritten(NUMBER, "it is on the disks of no seed: none of them is a view"));

        kit.spawn(BookPoll.read(NUMBER, context -> new AskedElsewhere(), none, coordinator.ref()))
                .tell(new OfViews(new Read(NUMBER, List.of())));
        coordinator.expectMessage(
                new NotRead(NUMBER, "how failbacks stand is told by no seed: none of them is a view"));
    }

    @Test
    void whatOnlyAMinorityOfTheSeedsTellsIsNotRead() {
        var poll = reading();
        poll.tell(new OfViews(new Read(NUMBER, List.of())));
        poll.tell(new Held("v2:7600", List.of(entry(7, 5))));
        coordinator.expectNoMessage();

        time.timePasses(SharedBook.MAJORITY);

        coordinator.expectMessage(new NotRead(
                NUMBER, "how failbacks stand is told by only 1 of 3 seeds (v1:7600: no answer, v3:7600: no answer)"));
    }

    private ActorRef<Event> writing(FailbackEntry entry) {
        var poll =
                kit.spawn(BookPoll.write(NUMBER, entry, context -> new AskedElsewhere(), spools(), coordinator.ref()));
        var first = spools.receiveMessage();
        assertThat(first.command()).isEqualTo(new Keep(entry, poll.narrow()));
        spools.ref().tell(first);
        return poll;
    }

    private ActorRef<Event> reading() {
        var poll = kit.spawn(BookPoll.read(NUMBER, context -> new AskedElsewhere(), spools(), coordinator.ref()));
        var first = spools.receiveMessage();
        assertThat(first.command()).isEqualTo(new Tell(poll.narrow()));
        spools.ref().tell(first);
        return poll;
    }

    /** In the order of the seeds. */
    private List<MemberAddress> asked() {
        return SEEDS.stream()
                .map(any -> spools.receiveMessage().seed())
                .sorted(Comparator.comparing(MemberAddress::toString))
                .toList();
    }

    private SeedSpools spools() {
        return new SeedSpools(() -> SEEDS, (seed, command) -> spools.ref().tell(new Sent(seed, command)));
    }

    private static FailbackEntry entry(long term, long version) {
        var epoch = new Epoch(term, "v1:7600#a1");
        return new FailbackEntry(
                Progress.begun("failback-" + term, Optional.empty(), "eve", epoch, NOON), Optional.empty(), version);
    }

    /** The test answers for it. */
    private record AskedElsewhere() implements SharedBook {

        @Override
        public void read(long number) {}

        @Override
        public void write(long number, FailbackEntry entry) {}
    }
}
