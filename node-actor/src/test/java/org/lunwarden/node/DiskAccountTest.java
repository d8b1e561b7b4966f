package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Sighting;
import org.lunwarden.node.discovery.Verdict;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.site.SiteDisk;
import org.lunwarden.node.why.DiskAccount;

/** What is told of a disk between two looks. */
class DiskAccountTest extends OneHost {

    private static final DeviceName DISK = new DeviceName("sdb");
    private static final Site PERMITTING = Site.parse("");
    private static final Site FORBIDDING = Site.parse("blacklist {\n\tdevnode \"^sdb$\"\n}\n");

    @Test
    void theAccountIsOfTheJudgementThatMadeItAPathAndTellsApartWhatWasReadSince() {
        var taken = lookedAtBy(PERMITTING);

        assertThat(DiskAccount.of(DISK, taken, PERMITTING)).noneMatch(line -> line.contains("read since"));
        assertThat(DiskAccount.of(DISK, taken, FORBIDDING))
                .anyMatch(line -> line.startsWith("it is a path"))
                .anyMatch(line -> line.startsWith("by the configuration that was read since: blacklisted by"));
    }

    @Test
    void whatFindMultipathsLeavesNamesThePlaceThatSetIt() {
        var said = Site.parse("defaults {\n\tfind_multipaths on\n}\n");

        assertThat(DiskAccount.of(DISK, left(Verdict.Obstacle.UNKNOWN_WWID), PERMITTING))
                .last()
                .isEqualTo("set for it: find_multipaths \"strict\" (built in)");
        assertThat(DiskAccount.of(DISK, left(Verdict.Obstacle.ONLY_PATH), said))
                .last()
                .isEqualTo("set for it: find_multipaths \"on\" (defaults, multipath.conf:2:2) instead of"
                        + " \"strict\" (built in)");
        assertThat(DiskAccount.of(DISK, left(Verdict.Obstacle.NO_SIZE), said))
                .noneMatch(line -> line.contains("find_multipaths"));
    }

    private Candidates left(Verdict.Obstacle obstacle) {
        return lookedAtBy(PERMITTING, disk -> new Verdict.Left(obstacle, "so"));
    }

    private Candidates lookedAtBy(Site site) {
        return lookedAtBy(site, disk -> new Verdict.Taken(disk.wwid().orElseThrow(), Verdict.Grounds.ANY));
    }

    private Candidates lookedAtBy(Site site, Function<SiteDisk, Verdict> judge) {
        var disk = site.look(read());
        return new Candidates(
                new TreeMap<>(Map.of(DISK, new Sighting(disk.disk(), disk.wwid(), disk.judgement(), Holders.NONE))),
                new TreeMap<>(Map.of(DISK, judge.apply(disk))),
                Set.of(),
                Map.of());
    }

    private Disk read() {
        return switch (ports().blockDevices().look().disk(DISK)) {
            case IoResult.Ok<Disk>(var found) -> found;
            case IoResult.Refused<Disk> refused -> throw new AssertionError(refused.toString());
        };
    }
}
