package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.io.Disk;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.discovery.Sighting;
import org.lunwarden.node.discovery.Verdict;
import org.lunwarden.node.site.Site;
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

    private Candidates lookedAtBy(Site site) {
        var disk = site.look(read());
        return new Candidates(
                new TreeMap<>(Map.of(DISK, new Sighting(disk.disk(), disk.wwid(), disk.judgement(), Holders.NONE))),
                new TreeMap<>(Map.of(DISK, new Verdict.Taken(disk.wwid().orElseThrow(), Verdict.Grounds.ANY))),
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
