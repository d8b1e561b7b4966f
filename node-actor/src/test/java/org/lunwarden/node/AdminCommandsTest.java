package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.io.Disk;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.control.Peer;
import org.lunwarden.io.simulated.Part;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.PathState;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.map.MapTopology;
import org.lunwarden.node.site.Site;

/** What an administrator has done by commands, on a host as its multipath.conf would have it. */
class AdminCommandsTest extends OneHost {

    private static final Peer ROOT = new Peer("root", true);
    private static final Peer SOMEBODY = new Peer("guest", false);

    private final RecordedAudit audit = new RecordedAudit();
    private volatile UnaryOperator<Disk> telling = disk -> disk;
    private volatile Optional<DeviceName> unreadable = Optional.empty();
    private volatile boolean deaf;

    @AfterEach
    void closeAudit() {
        audit.close();
    }

    @Test
    void aPathIsFailedAndStaysSoUntilItIsReinstated() {
        begin("path_grouping_policy failover\n");
        var map = maps(node()).getFirst();
        var path = map.groups().getFirst().paths().getFirst();

        assertThat(ask("fail path " + path.name())).isEqualTo("ok\n");

        await(() -> path(path.name()).state() == PathState.DOWN
                && !path(path.name()).kernelActive().orElseThrow());
        assertThat(status(node()).keptOut()).containsEntry(path.name(), "admin: failed by an operator");
        assertThat(audit.lines())
                .contains(map.wwid() + " " + path.hctl() + " " + path.name() + ": fail, asked for by root");

        assertThat(ask("reinstate path " + path.device())).isEqualTo("ok\n");

        await(() -> path(path.name()).state().isUsable()
                && path(path.name()).kernelActive().orElseThrow());
        assertThat(status(node()).keptOut()).isEmpty();
    }

    @Test
    void aMapIsMovedToAGroupAndStaysThere() {
        begin("path_grouping_policy failover\n");
        var map = maps(node()).getFirst();
        assertThat(map.nextGroup()).isEqualTo(1);

        assertThat(ask("switchgroup map " + map.name() + " group 3")).isEqualTo("ok\n");

        await(() -> topology(map).nextGroup() == 3);
        assertThat(ask("switch multipath " + map.wwid() + " group 99")).isEqualTo("fail\nthe map has no group 99\n");
        assertThat(ask("switch map " + map.name() + " group 0")).startsWith("fail\nswitch map ");
        assertThat(audit.lines())
                .contains(
                        map.wwid() + ": switch to group 3, asked for by root",
                        map.wwid() + ": not switched to group 99: the map has no group 99");
    }

    @Test
    void queueingIsDisabledAndRestoredForOneMapAndForAll() {
        begin("path_grouping_policy failover\n");
        var map = maps(node()).getFirst();
        await(() -> maps(node()).stream().allMatch(MapTopology::queueing));

        assertThat(ask("disablequeueing map " + map.device())).isEqualTo("ok\n");
        await(() -> !topology(map).queueing());
        assertThat(maps(node()).getLast().queueing()).isTrue();

        assertThat(ask("disable maps")).isEqualTo("ok\n");
        await(() -> maps(node()).stream().noneMatch(MapTopology::queueing));

        assertThat(ask("restorequeueing maps")).isEqualTo("ok\n");
        await(() -> maps(node()).stream().allMatch(MapTopology::queueing));
        assertThat(audit.lines()).contains(map.wwid() + ": disablequeueing, asked for by root");
    }

    @Test
    void aTableIsLoadedOnceMoreAndAMapThatHasItsSizeKeepsIt() {
        begin("path_grouping_policy failover\n");
        var map = maps(node()).getFirst();
        var before = dm.changes();

        assertThat(ask("reload map " + map.name())).isEqualTo("ok\n");
        assertThat(dm.changes().subList(before.size(), dm.changes().size())).containsExactly("reload " + map.name());

        assertThat(ask("resize map " + map.name())).isEqualTo("ok\n");
        assertThat(dm.changes()).hasSize(before.size() + 1);
        assertThat(audit.lines())
                .contains(map.wwid() + ": reload, asked for by root", map.wwid() + ": resize, asked for by root");
    }

    @Test
    void aMapIsNotGivenAnotherSizeWhileOneOfItsPathsHasAnOther() {
        begin("path_grouping_policy failover\n");
        var map = maps(node()).getFirst();
        var one = map.groups().getFirst().paths().getFirst().name();

        telling = disk -> disk.name().equals(one) ? AlteredDisks.sized(disk, 2 * map.sizeSectors()) : disk;
        assertThat(ask("resize map " + map.name()))
                .isEqualTo("fail\nits paths have different sizes: %d, %d sectors\n"
                        .formatted(map.sizeSectors(), 2 * map.sizeSectors()));

        telling = disk -> disk.name().equals(one) ? AlteredDisks.sized(disk, 0) : disk;
        assertThat(ask("resize map " + map.name())).startsWith("fail\n");
        assertThat(topology(map).sizeSectors()).isEqualTo(map.sizeSectors());
    }

    @Test
    void aMapIsNotGivenAnotherSizeWhileOneOfItsPathsCannotBeRead() {
        begin("path_grouping_policy failover\n");
        var map = maps(node()).getFirst();
        var one = map.groups().getFirst().paths().getFirst().name();
        unreadable = Optional.of(one);

        assertThat(ask("resize map " + map.name())).isEqualTo("fail\nthe size of " + one + " cannot be read\n");
    }

    @Test
    void aMapGetsTheSizeThatItsPathsHaveNowThoughNoEventToldOfIt() {
        begin("path_grouping_policy failover\nauto_resize grow_shrink\n");
        var map = maps(node()).getFirst();
        deaf = true;
        san.resize(san.part(Part.Kind.LUN, map.wwid().value()).orElseThrow(), 2 * map.sizeSectors());

        assertThat(ask("resize map " + map.name())).isEqualTo("ok\n");

        assertThat(topology(map).sizeSectors()).isEqualTo(2 * map.sizeSectors());
    }

    @Test
    void countersBeginAnewForOneMapAndForAll() {
        begin("path_grouping_policy failover\n");
        var map = maps(node()).getFirst();

        assertThat(ask("reset map " + map.name() + " stats")).isEqualTo("ok\n");
        assertThat(ask("reset maps stats")).isEqualTo("ok\n");
        assertThat(ask("reset map nowhere stats")).isEqualTo("fail\ndevice not found\n");

        assertThat(audit.lines()).contains(map.wwid() + ": reset stats, asked for by root");
    }

    @Test
    void allTablesAreLoadedOnceMoreWithAReconfigureOfAll() {
        begin("path_grouping_policy failover\n");
        var before = dm.changes().size();

        assertThat(ask("reconfigure all")).isEqualTo("ok\n");

        await(() -> dm.changes().size() == before + 2);
        assertThat(dm.changes().subList(before, before + 2)).allMatch(change -> change.startsWith("reload "));
    }

    @Test
    void aPathIsMarkedMarginalAndTrustedAgainByItselfOrWithItsMap() {
        begin("marginal_pathgroups on\npath_grouping_policy multibus\n");
        var map = maps(node()).getFirst();
        var path = map.groups().getFirst().paths().getFirst().name();
        var groups = map.groups().size();

        for (var undo : new String[] {"unsetmarginal path " + path, "unsetmarginal map " + map.name()}) {
            assertThat(ask("setmarginal path " + path)).isEqualTo("ok\n");

            await(() -> topology(map).groups().size() == groups + 1
                    && topology(map).groups().getLast().paths().stream()
                            .allMatch(each -> each.name().equals(path)));
            assertThat(path(path).kernelActive()).contains(true);
            assertThat(answer(ROOT, "why " + path)).contains("in a group behind the others: an operator marked it");

            assertThat(ask(undo)).isEqualTo("ok\n");

            await(() -> topology(map).groups().size() == groups);
        }
    }

    @Test
    void aPathIsMarkedMarginalOnlyWhereThatMeansSomething() {
        begin("path_grouping_policy failover\n");
        var path = maps(node()).getFirst().groups().getFirst().paths().getFirst();

        assertThat(ask("setmarginal path " + path.name())).isEqualTo("fail\nmarginal_pathgroups is off\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fail path sdzz",
                "reinstate path 250:250",
                "setmarginal path ../../etc/passwd",
                "switch map nowhere group 1",
                "disablequeueing map sdb",
                "resize map nowhere",
                "reload map nowhere",
                "unsetmarginal map nowhere"
            })
    void whatIsNotThereIsSaid(String command) {
        begin("path_grouping_policy failover\n");

        assertThat(ask(command)).isEqualTo("fail\ndevice not found\n");
    }

    @Test
    void whoIsNotTheOwnerMayAskAndNotAct() {
        begin("path_grouping_policy failover\n");
        var path = maps(node()).getFirst().groups().getFirst().paths().getFirst();

        for (var command : new String[] {"fail path " + path.name(), "reconfigure", "disablequeueing maps"}) {
            assertThat(answer(SOMEBODY, command)).isEqualTo("fail\npermission deny: need to be root\n");
        }

        assertThat(answer(SOMEBODY, "why " + path.name())).startsWith(path.name() + ": ");
        assertThat(answer(SOMEBODY, "help")).contains("fail|reinstate path");
        assertThat(status(node()).keptOut()).isEmpty();
        assertThat(status(node()).configuration().applied()).isZero();
    }

    private void begin(String more) {
        var node = Node.start(
                altered(), NodeSettings.of(new HostId(HOST), "0.1.0", Site.parse("""
                        defaults {
                            find_multipaths on
                            polling_interval 1
                            max_polling_interval 1
                            failback manual
                            no_path_retry queue
                            detect_pgpolicy no
                        %s}
                        """.formatted(more))), reports);
        running = Optional.of(node);
        awaitAllUp();
    }

    private HostPorts altered() {
        var host = ports();
        var disks = new AlteredDisks(host.blockDevices()) {
            @Override
            IoResult<Disk> disk(Look look, DeviceName name) {
                return unreadable.filter(name::equals).isPresent()
                        ? new IoResult.Refused<>(24, "read disk " + name, "Too many open files")
                        : look.disk(name).then(disk -> new IoResult.Ok<>(telling.apply(disk)));
            }
        };
        return new HostPorts(
                host.facts(),
                dm,
                disks,
                host.pathProbe(),
                listener -> host.uevents().onUevent(event -> {
                    if (!deaf) {
                        listener.accept(event);
                    }
                }),
                host.clock(),
                host.stateFiles(),
                host.diskControl(),
                host.fabricEvents());
    }

    private Node node() {
        return running.orElseThrow();
    }

    private String ask(String command) {
        return answer(ROOT, command);
    }

    private String answer(Peer peer, String command) {
        return node().answer(peer, command).toCompletableFuture().join();
    }

    private MapTopology topology(MapTopology map) {
        return maps(node()).stream()
                .filter(now -> now.wwid().equals(map.wwid()))
                .findFirst()
                .orElseThrow();
    }

    private MapTopology.Path path(DeviceName name) {
        return maps(node()).stream()
                .flatMap(map -> map.groups().stream())
                .flatMap(group -> group.paths().stream())
                .filter(path -> path.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
