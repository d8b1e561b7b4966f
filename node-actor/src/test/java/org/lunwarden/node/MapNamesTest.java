package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.DeviceMapper.UdevFlags;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.StateFiles;
import org.lunwarden.io.StateFiles.File;
import org.lunwarden.io.Subscription;
import org.lunwarden.io.control.Peer;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.node.names.Bindings;
import org.lunwarden.node.names.WwidsFile;
import org.lunwarden.node.site.Site;

class MapNamesTest extends OneHost {

    private static final String NUMBERED = """
            defaults {
            	find_multipaths on
            	user_friendly_names yes
            }
            """;

    private final StateFiles disk = san.host(HOST).stateFiles();
    private StateFiles files = disk;

    @Test
    void mapsAreNumberedTheirNamesAreOnDiskAndTheirWwidsAreRemembered() {
        start(NUMBERED);
        awaitAllUp();
        await(() -> wwids().size() == LUNS);

        assertThat(names()).containsExactly("mpatha", "mpathb");
        assertThat(bindings().wwids()).hasSize(LUNS);
        assertThat(kernelMaps())
                .allSatisfy(map -> assertThat(bindings().wwid(new org.lunwarden.node.names.Alias(map.name())))
                        .contains(Wwid.ofMap(map.uuid()).orElseThrow().value()));
        assertThat(wwids()).containsAll(wwidsOfMaps());
    }

    @Test
    void aBindingThatIsThereHoldsAndADaemonThatStartsAgainRenamesNothing() {
        start(NUMBERED);
        awaitAllUp();
        await(() -> wwids().size() == LUNS);
        var owner = bindings().wwids().firstEntry().getValue();
        stopNode();
        kernelMaps().forEach(map -> dm.remove(map.name(), false));
        change(File.BINDINGS, text -> text.replace("mpatha", "mpathzz"));

        start(NUMBERED);
        awaitAllUp();
        assertThat(names()).containsExactly("mpathb", "mpathzz");
        assertThat(bindings().wwids()).containsValue(owner).hasSize(2);
        stopNode();
        var before = dm.changes();

        start(NUMBERED);
        awaitAllUp();
        assertThat(dm.changes()).isEqualTo(before);
    }

    @Test
    void whereANameComesFromIsTold() {
        start("defaults {\n\tfind_multipaths on\n}\n");
        awaitAllUp();
        var named = wwidsOfMaps().getFirst();
        var numbered = wwidsOfMaps().getLast();
        assertThat(why(named.value()))
                .contains("its name: " + named + ", its WWID, by user_friendly_names \"no\" (built in)");
        stopNode();

        start(NUMBERED + "multipaths {\n\tmultipath {\n\t\twwid " + named + "\n\t\talias data\n\t}\n}\n");

        await(() -> why("data").contains("its name: data, its own alias, by alias \"data\" (multipath.conf:"));
        await(() -> names().contains("mpatha"));
        assertThat(why(numbered.value()))
                .contains("its name: mpatha, from the file bindings, by user_friendly_names \"yes\" (defaults, ");
    }

    @Test
    void anAliasThatNoMapCanHaveIsToldWithWhatHoldsInstead() {
        start("defaults {\n\tfind_multipaths on\n}\n");
        awaitAllUp();
        var named = wwidsOfMaps().getFirst();
        stopNode();

        var text = "defaults {\n\tfind_multipaths on\n}\nmultipaths {\n\tmultipath {\n\t\twwid " + named
                + "\n\t\talias \"my data\"\n\t}\n}\n";
        var loaded = MultipathConf.load(List.of(new SourceFile("multipath.conf", text)), false);
        start(Site.of(usable(loaded)));
        awaitAllUp();

        assertThat(loaded.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("multipath.conf:7:10")
                        .contains("no map can be called so"));
        await(() -> why(named.value()).contains("since no map can be called as alias \"my data\" (multipath.conf:7:"));
    }

    private static MultipathConf usable(Loaded loaded) {
        return ((Loaded.Usable) loaded).conf();
    }

    private String why(String map) {
        return running.orElseThrow()
                .answer(new Peer("root", true), "why " + map)
                .toCompletableFuture()
                .join();
    }

    @Test
    void anAliasGoesFirstAndOfTwoMapsThatWantOneTheFirstKeepsIt() {
        start("defaults {\n\tfind_multipaths on\n}\n");
        awaitAllUp();
        var units = wwidsOfMaps();
        stopNode();
        var both = units.stream()
                .map(wwid -> "\tmultipath {\n\t\twwid " + wwid + "\n\t\talias data\n\t}\n")
                .toList();

        start(inSpiteOfProblems(NUMBERED + "multipaths {\n" + String.join("", both) + "}\n"));
        awaitAllUp();

        await(() -> names().contains("data"));
        assertThat(names()).containsExactlyInAnyOrder("data", units.get(1).value());
        assertThat(dm.changes())
                .filteredOn(change -> change.startsWith("create"))
                .hasSize(LUNS);
        assertThat(bindings().wwids()).isEmpty();
    }

    @Test
    void aMapThatKeepsItsNameWhileAnotherDeviceHasItsAliasGetsItWhenThatIsFree() {
        start(NUMBERED);
        awaitAllUp();
        await(() -> names().equals(List.of("mpatha", "mpathb")));
        var unit = kernelMaps().stream()
                .filter(map -> map.name().equals("mpatha"))
                .map(map -> Wwid.ofMap(map.uuid()).orElseThrow())
                .findFirst()
                .orElseThrow();
        stopNode();
        ok(dm.create(
                "data", "LVM-data", false, List.of(new DeviceMapper.Target(0, 2048, "error", "")), UdevFlags.NONE));
        start(NUMBERED + "multipaths {\n\tmultipath {\n\t\twwid " + unit + "\n\t\talias data\n\t}\n}\n");
        awaitAllUp();
        await(() -> why("mpatha").contains("which it has already, since data is"));
        assertThat(names()).containsExactly("data", "mpatha", "mpathb");

        ok(dm.remove("data", false));

        await(() -> names().equals(List.of("data", "mpathb")));
    }

    @Test
    void aFileThatDoesNotAnswerHoldsNoMapUpAndItIsRenamedWhenItDoes() {
        var answer = new CountDownLatch(1);
        files = new Hanging(disk, answer);

        start(NUMBERED);
        awaitAllUp();
        assertThat(names())
                .containsExactlyElementsOf(
                        wwidsOfMaps().stream().map(Wwid::value).toList());
        answer.countDown();

        await(() -> names().equals(List.of("mpatha", "mpathb")));
        assertThat(dm.changes())
                .filteredOn(change -> change.startsWith("create"))
                .hasSize(LUNS);
    }

    @Test
    void aFileThatDoesNotAnswerLeavesAMapThatIsThereItsName() {
        start(NUMBERED);
        awaitAllUp();
        stopNode();
        var before = dm.changes();
        files = new Hanging(disk, new CountDownLatch(1));

        var node = start(NUMBERED);
        awaitAllUp();
        var since = ports().clock().uptime();
        await(() -> ports().clock().uptime().minus(since).compareTo(MapNames.PATIENCE.plusSeconds(1)) > 0);

        assertThat(status(node).maps()).isEqualTo(LUNS);
        assertThat(dm.changes()).isEqualTo(before);
    }

    @Test
    void whatCannotBeWrittenIsNoNameAndWhatAHandHasSpoiltIsLeftOut() {
        change(File.BINDINGS, text -> "mpatha\nmpathb ../../etc/passwd\n../x 3600\n");
        files = new ReadOnly(disk);

        start(NUMBERED);
        awaitAllUp();

        assertThat(names())
                .containsExactlyElementsOf(
                        wwidsOfMaps().stream().map(Wwid::value).toList());
    }

    @Test
    void aNameThatCannotBeWrittenTakesNoMapTheNameThatIsBoundToIt() {
        start(NUMBERED);
        awaitAllUp();
        await(() -> wwids().size() == LUNS);
        var bound = wwidsOfMaps().getFirst();
        var other = wwidsOfMaps().getLast();
        stopNode();
        kernelMaps().forEach(map -> dm.remove(map.name(), false));
        change(File.BINDINGS, text -> "mpathq " + bound + "\n");
        files = new ReadOnly(disk);

        start(NUMBERED);
        awaitAllUp();

        assertThat(names()).containsExactlyInAnyOrder("mpathq", other.value());
    }

    @Test
    void aMapThatTheKernelRefusesIsMarkedUntilItIsMade() {
        start("defaults {\n\tfind_multipaths on\n}\n");
        awaitAllUp();
        var unit = wwidsOfMaps().getFirst();
        stopNode();
        ok(disk.markFailed(unit, true));

        start("defaults {\n\tfind_multipaths on\n}\n");

        await(() -> ok(disk.failed()).isEmpty());
    }

    private static Site inSpiteOfProblems(String multipathConf) {
        return switch (MultipathConf.load(List.of(new SourceFile("multipath.conf", multipathConf)), false)) {
            case Loaded.Usable(var conf, var problems) -> Site.of(conf);
            case Loaded.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    private Node start(String multipathConf) {
        return start(Site.parse(multipathConf));
    }

    private Node start(Site site) {
        var node = Node.start(ports(), NodeSettings.of(new HostId(HOST), "0.1.0", site), reports);
        running = java.util.Optional.of(node);
        return node;
    }

    @Override
    HostPorts ports() {
        var host = super.ports();
        return new HostPorts(
                host.facts(),
                host.deviceMapper(),
                host.blockDevices(),
                host.pathProbe(),
                host.uevents(),
                host.clock(),
                files,
                host.diskControl(),
                host.fabricEvents());
    }

    private List<DeviceMapper.Device> kernelMaps() {
        return ok(dm.list());
    }

    private List<String> names() {
        return kernelMaps().stream().map(DeviceMapper.Device::name).sorted().toList();
    }

    private List<Wwid> wwidsOfMaps() {
        return kernelMaps().stream()
                .map(map -> Wwid.ofMap(map.uuid()).orElseThrow())
                .sorted()
                .toList();
    }

    private Bindings bindings() {
        return Bindings.parse(ok(disk.read(File.BINDINGS))).bindings();
    }

    private Set<Wwid> wwids() {
        return new WwidsFile(ok(disk.read(File.WWIDS))).wwids();
    }

    private void change(File file, UnaryOperator<String> edit) {
        assertThat(disk.change(file, edit)).isInstanceOf(IoResult.Ok.class);
    }

    private static <T> T ok(IoResult<T> result) {
        return switch (result) {
            case IoResult.Ok<T>(var value) -> value;
            case IoResult.Refused<T> refused -> throw new AssertionError(refused.toString());
        };
    }

    private static final class ReadOnly extends Hanging {

        private ReadOnly(StateFiles files) {
            super(files, new CountDownLatch(0));
        }

        @Override
        public IoResult<String> change(File file, UnaryOperator<String> edit) {
            return new IoResult.Refused<>(30, "change " + file.fileName(), "Read-only file system");
        }
    }

    /** On a disk that does not answer before the latch opens. */
    private static class Hanging implements StateFiles {

        private final StateFiles files;
        private final CountDownLatch answer;

        private Hanging(StateFiles files, CountDownLatch answer) {
            this.files = files;
            this.answer = answer;
        }

        private StateFiles files() {
            try {
                answer.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return files;
        }

        @Override
        public IoResult<String> read(File file) {
            return files().read(file);
        }

        @Override
        public IoResult<String> change(File file, UnaryOperator<String> edit) {
            return files().change(file, edit);
        }

        @Override
        public IoResult<Set<String>> failed() {
            return files().failed();
        }

        @Override
        public IoResult<IoResult.Done> markFailed(Wwid wwid, boolean failed) {
            return files().markFailed(wwid, failed);
        }

        @Override
        public Subscription onChange(Consumer<File> listener) {
            return files.onChange(listener);
        }
    }
}
