package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceMapper.Target;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.control.Peer;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.MapSummary;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.site.SiteReader;

/** The site's configuration is read again while the daemon runs. */
class ReloadTest extends OneHost {

    private static final String ON = "defaults {\nfind_multipaths on\nskip_kpartx yes\n}\n";

    private final AtomicReference<SiteReader.Reading> read =
            new AtomicReference<>(new SiteReader.Usable(Site.parse(ON), List.of()));

    @Test
    void whatSaysTheSameChangesNothingInTheKernel() {
        var node = startOn(ON);
        var before = dm.changes();
        var looks = status(node).discovery().looks();

        assertThat(reload(node)).isEmpty();

        await(() -> status(node).discovery().looks() > looks);
        assertThat(status(node).configuration()).isEqualTo(new NodeStatus.Configuration(1, List.of()));
        assertThat(status(node).usablePaths()).isEqualTo(PATHS);
        assertThat(dm.changes()).isEqualTo(before);
    }

    @Test
    void theFleetIsToldBySettingsAndSerialNumberOfEachMapAndOfOtherSettings() {
        var node = startOn(ON);
        var first = units(node).getFirst();
        await(() ->
                reports.last().maps().stream().noneMatch(map -> map.settings().isEmpty()));
        assertThat(reports.last().maps())
                .allSatisfy(map -> assertThat(map.serials()).hasSize(1))
                .allSatisfy(map -> assertThat(map.settings()).containsEntry("failback", "manual"));

        read.set(usable(ON + "multipaths {\nmultipath {\nwwid " + first + "\nfailback immediate\n}\n}\n"));
        assertThat(reload(node)).isEmpty();

        await(() -> reports.last().maps().stream()
                .filter(map -> "immediate".equals(map.settings().get("failback")))
                .map(MapSummary::wwid)
                .toList()
                .equals(List.of(first)));
    }

    @Test
    void aFileWithErrorsLeavesWhatIsInPlaceAndIsTold() {
        var node = startOn(ON);
        var before = dm.changes();
        read.set(new SiteReader.Refused(List.of("multipath.conf:7:1: fatal: a brace is missing")));

        assertThat(reload(node)).containsExactly("multipath.conf:7:1: fatal: a brace is missing");

        assertThat(status(node).configuration().refused()).hasSize(1);
        assertThat(status(node).configuration().applied()).isZero();
        assertThat(dm.changes()).isEqualTo(before);
        read.set(new SiteReader.Usable(Site.parse(ON), List.of()));
        assertThat(reload(node)).isEmpty();
        assertThat(status(node).configuration().refused()).isEmpty();
    }

    @Test
    void onlyTheMapThatIsMeantIsLoadedAnewAndOnlyTheOneWithAnAliasIsRenamed() {
        var node = startOn(ON);
        var first = units(node).getFirst();
        var last = units(node).getLast();
        var before = dm.changes();

        read.set(usable(ON + "multipaths {\nmultipath {\nwwid " + first + "\npath_selector \"round-robin 0\"\n}\n"
                + "multipath {\nwwid " + last + "\nalias data\n}\n}\n"));
        assertThat(reload(node)).isEmpty();

        await(() -> table(first.value()).contains("round-robin"));
        await(() -> dm.info("data") instanceof IoResult.Ok);
        var acts = dm.changes().subList(before.size(), dm.changes().size());
        assertThat(acts).containsExactlyInAnyOrder("reload " + first, "rename " + last);
        assertThat(status(node).maps()).isEqualTo(LUNS);
    }

    @Test
    void aPathThatIsBlacklistedNowLeavesItsMapAndComesBackWithTheNextConfiguration() {
        var node = startOn(ON);
        var map = maps(node).getFirst();
        var path = map.groups().getFirst().paths().getFirst().name();

        read.set(usable(ON + blacklist(path)));
        reload(node);
        await(() -> members(map(node, map.wwid())) == 7);
        assertThat(status(node).discovery().left()).containsKey(path);

        read.set(usable(ON));
        reload(node);
        await(() -> members(map(node, map.wwid())) == 8);
        awaitAllUp();
    }

    @Test
    void theOnlyPathThatWorksStaysThoughItIsBlacklistedUntilAnotherOneWorks() {
        var node = startOn(ON);
        var map = maps(node).getFirst();
        var names = map.groups().stream()
                .flatMap(group -> group.paths().stream())
                .map(MapTopology.Path::name)
                .toList();
        var last = names.getLast();
        var others = names.subList(0, names.size() - 1);
        others.forEach(name -> san.offline(HOST, name, true));
        await(() -> status(node).usablePaths() == PATHS - others.size());
        var looks = status(node).discovery().looks();

        read.set(usable(ON + blacklist(last)));
        reload(node);

        await(() -> status(node).discovery().looks() > looks);
        await(() -> why(node, last).contains("it stays in use: its map has no other path that works"));
        assertThat(why(node, last)).contains("it is no path: blacklisted by devnode", "\n  state ready for ");
        assertThat(members(map(node, map.wwid()))).isEqualTo(names.size());

        san.offline(HOST, others.getFirst(), false);
        await(() -> status(node).usablePaths() == PATHS - others.size() + 1);
        await(() -> members(map(node, map.wwid())) == others.size());
        assertThat(why(node, last)).doesNotContain("it stays in use");
    }

    private static String why(Node node, DeviceName name) {
        return node.answer(new Peer("root", true), "why " + name)
                .toCompletableFuture()
                .join();
    }

    @Test
    void aMapThatIsBlacklistedAsAWholeIsKeptAsItIsUntilSomebodyRemovesIt() {
        var node = startOn(ON);
        var unit = units(node).getFirst();
        var before = dm.changes();
        var looks = status(node).discovery().looks();

        read.set(usable(ON + "blacklist {\nwwid " + unit + "\n}\n"));
        reload(node);
        await(() -> status(node).discovery().looks() > looks);
        assertThat(members(map(node, unit))).isEqualTo(8);
        assertThat(dm.changes()).isEqualTo(before);

        dm.remove(unit.value(), false);

        san.change(HOST, new DeviceName("sdb"));
        await(() -> status(node).paths() == PATHS / LUNS);
        assertThat(dm.changes()).filteredOn(act -> act.startsWith("create")).hasSize(LUNS);
    }

    @Test
    void otherPausesBetweenChecksReachThePathsAndNoMapIsLoaded() {
        var node = startOn(ON + "overrides {\n}\n");
        var before = dm.changes();

        read.set(usable(
                "defaults {\nfind_multipaths on\nskip_kpartx yes\npolling_interval 1\nmax_polling_interval 1\n}\n"));
        reload(node);
        var path = maps(node).getFirst().groups().getFirst().paths().getFirst().name();
        san.offline(HOST, path, true);

        await(() -> status(node).usablePaths() == PATHS - 1);
        assertThat(dm.changes()).filteredOn(act -> act.startsWith("reload")).isEmpty();
        assertThat(before).isNotEmpty();
    }

    private Node startOn(String multipathConf) {
        var site = Site.parse(multipathConf);
        var settings =
                new NodeSettings(new HostId(HOST), "0.1.0", site, read::get, Duration.ofMinutes(5), Duration.ofDays(1));
        var node = Node.start(ports(), settings, reports);
        running = Optional.of(node);
        awaitAllUp();
        return node;
    }

    private static SiteReader.Reading usable(String multipathConf) {
        return new SiteReader.Usable(Site.parse(multipathConf), List.of());
    }

    private static String blacklist(DeviceName disk) {
        return "blacklist {\ndevnode \"^" + disk + "$\"\n}\n";
    }

    private static List<String> reload(Node node) {
        return node.reload().toCompletableFuture().join();
    }

    private static List<Wwid> units(Node node) {
        return maps(node).stream().map(MapTopology::wwid).sorted().toList();
    }

    private static MapTopology map(Node node, Wwid wwid) {
        return maps(node).stream()
                .filter(map -> map.wwid().equals(wwid))
                .findFirst()
                .orElseThrow();
    }

    private String table(String name) {
        return switch (dm.table(name)) {
            case IoResult.Ok<List<Target>>(var targets) -> targets.getFirst().parameters();
            case IoResult.Refused<List<Target>> refused -> refused.toString();
        };
    }
}
