package org.lunwarden.node.discovery;

import java.time.Duration;
import java.util.Collection;

import org.lunwarden.conf.value.Choice;
import org.lunwarden.model.DeviceName;
import org.lunwarden.node.discovery.Claim.Answer;
import org.lunwarden.node.discovery.ClaimFacts.Daemon;
import org.lunwarden.node.discovery.ClaimFacts.Mark;

/** The five modes of {@code find_multipaths} (multipath.conf(5)). Pure. */
public final class FindMultipaths {

    /** Longest name of a file, and so of a device. */
    private static final int LONGEST_NAME = 255;

    private static final int DEFAULT_TIMEOUT = -10;
    private static final Duration UNKNOWN_HARDWARE = Duration.ofSeconds(1);

    private FindMultipaths() {}

    /**
     * What is found out since udev has told of the device, for the answer of {@link #settled}.
     *
     * @param released whether it has been left to others before, who may have it by now
     * @param free whether it can be opened for this purpose alone; tells nothing unless the claim is uncertain
     * @param memberNow whether a multipath map has taken it meanwhile
     * @param partner whether another path of its WWID is there
     * @param timeLeft whether it may still be waited for one
     */
    public record Since(boolean released, boolean free, boolean memberNow, boolean partner, boolean timeLeft) {}

    /** What a device's own facts say. The first that decides is the reason. */
    public static Claim claim(Choice.FindMultipaths mode, ClaimFacts facts) {
        if (facts.name().length() > LONGEST_NAME || !DeviceName.isValid(facts.name())) {
            return new Claim(Answer.ERROR, "its name is none of a device");
        }
        if (facts.memberOf().isPresent()) {
            return facts.memberOf().get().isEmpty()
                    ? new Claim(Answer.ERROR, "it is in a multipath map that tells no WWID")
                    : new Claim(
                            Answer.VALID_NO_CHECK,
                            "it is in the multipath map of " + facts.memberOf().get());
        }
        if (facts.daemon() == Daemon.UNREACHABLE) {
            return new Claim(Answer.NOT_VALID, "no daemon would make a map of it");
        }
        if (!facts.disk()) {
            return new Claim(Answer.NOT_VALID, "it is no whole disk");
        }
        return switch (facts.reading()) {
            case FAILED -> new Claim(Answer.ERROR, "it cannot be read");
            case BLACKLISTED -> new Claim(Answer.NOT_VALID, "it is blacklisted");
            case DONE -> byWwid(mode, facts);
        };
    }

    private static Claim byWwid(Choice.FindMultipaths mode, ClaimFacts facts) {
        if (facts.wwid().isEmpty()) {
            return new Claim(Answer.NOT_VALID, "it tells no WWID");
        }
        if (facts.failedMark() == Mark.UNREADABLE) {
            return new Claim(Answer.ERROR, "whether the kernel refused its map cannot be read");
        }
        if (facts.failedMark() == Mark.PRESENT) {
            return new Claim(Answer.NOT_VALID, "the kernel refused its map");
        }
        var eager = mode == Choice.FindMultipaths.GREEDY || mode == Choice.FindMultipaths.SMART;
        if (eager && facts.inUse()) {
            return new Claim(Answer.NOT_VALID, "it is in use");
        }
        if (mode == Choice.FindMultipaths.GREEDY) {
            return new Claim(Answer.VALID, "every device is taken");
        }
        if (facts.inWwidsFile()) {
            return new Claim(Answer.VALID_NO_CHECK, "its WWID has had a map on this host");
        }
        if (facts.mapExists()) {
            return new Claim(Answer.VALID, "the kernel has a multipath map of its WWID");
        }
        return mode == Choice.FindMultipaths.SMART
                ? new Claim(Answer.MAYBE_VALID, "another path of its WWID may follow")
                : new Claim(Answer.NOT_VALID, "its WWID has had no map on this host");
    }

    /** An uncertain claim is certain when the device's WWID is among those of other paths. */
    public static Answer among(Answer answer, String wwid, Collection<String> others) {
        return answer == Answer.MAYBE_VALID && others.contains(wwid) ? Answer.VALID : answer;
    }

    /** The claim that udev is told: an uncertain one waits no longer than it may, and nobody's device is taken away. */
    public static Claim settled(Claim claim, Since since) {
        var uncertain = claim.answer() == Answer.MAYBE_VALID;
        if ((uncertain || claim.answer() == Answer.VALID) && since.released()) {
            return new Claim(Answer.NOT_VALID, "it has been left to others before");
        }
        if (!uncertain) {
            return claim;
        }
        if (!since.free()) {
            return since.memberNow()
                    ? new Claim(Answer.VALID, "a multipath map has taken it")
                    : new Claim(Answer.NOT_VALID, "it is in use");
        }
        if (since.partner()) {
            return new Claim(Answer.VALID, "another path has its WWID");
        }
        return since.timeLeft() ? claim : new Claim(Answer.NOT_VALID, "no other path of its WWID came in time");
    }

    /**
     * How long an uncertain claim waits for another path.
     *
     * @param timeout {@code find_multipaths_timeout}: positive for all devices, negative for known hardware alone, 0 for
     *     the default; in seconds
     * @param knownHardware whether the hardware table has the device
     */
    public static Duration patience(int timeout, boolean knownHardware) {
        var seconds = timeout == 0 ? DEFAULT_TIMEOUT : timeout;
        return seconds > 0 || knownHardware ? Duration.ofSeconds(seconds).abs() : UNKNOWN_HARDWARE;
    }

    /**
     * Whether the daemon makes a map of the paths of a WWID that are free.
     *
     * @param paths number of them
     * @param inWwidsFile whether the WWID has had a map on this host
     */
    public static boolean makesMap(Choice.FindMultipaths mode, int paths, boolean inWwidsFile, boolean mapExists) {
        return switch (mode) {
            case OFF, GREEDY -> paths > 0;
            case STRICT -> paths > 0 && (mapExists || inWwidsFile);
            case ON, SMART -> paths > 0 && (mapExists || inWwidsFile || paths > 1);
        };
    }
}
