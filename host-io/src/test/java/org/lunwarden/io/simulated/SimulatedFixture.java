package org.lunwarden.io.simulated;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

import org.lunwarden.io.Disk;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.Subscription;
import org.lunwarden.io.contract.Expect;
import org.lunwarden.io.contract.HostFixture;
import org.lunwarden.model.DeviceName;

/** One host of a small simulated SAN in real time. */
final class SimulatedFixture implements HostFixture {

    private static final String HOST = "h001";

    private final SimulatedSan san =
            new CoreEdge(1, 1, 1, 1, 2, 131072).layout().build();
    private final HostPorts ports;
    private final List<List<DeviceName>> paths;

    SimulatedFixture() {
        this(UnaryOperator.identity());
    }

    /** @param around what stands between the SAN and who asks */
    SimulatedFixture(UnaryOperator<HostPorts> around) {
        ports = around.apply(san.host(HOST));
        paths = List.of(find(0), find(1));
    }

    @Override
    public HostPorts ports() {
        return ports;
    }

    @Override
    public List<DeviceName> paths(int lun) {
        return paths.get(lun);
    }

    @Override
    public void breakPath(DeviceName path) {
        san.offline(HOST, path, true);
    }

    @Override
    public void restorePath(DeviceName path) {
        san.offline(HOST, path, false);
    }

    @Override
    public boolean canHang() {
        return true;
    }

    @Override
    public void hangPath(DeviceName path) {
        san.hang(HOST, path, true);
    }

    @Override
    public void unhangPath(DeviceName path) {
        san.hang(HOST, path, false);
    }

    @Override
    public void removePath(DeviceName path) {
        san.remove(HOST, path);
    }

    @Override
    public void rescan() {
        san.rescan(HOST);
    }

    @Override
    public void change(DeviceName path) {
        san.change(HOST, path);
    }

    @Override
    public boolean canResize() {
        return true;
    }

    @Override
    public void resize(int lun, long sectors) {
        var wwid = ports.blockDevices().disk(paths(lun).get(0)).then(disk -> new IoResult.Ok<>(wwid(disk)));
        san.parts().stream()
                .filter(part -> part.kind() == Part.Kind.LUN && wwid.equals(new IoResult.Ok<>(part.id())))
                .forEach(part -> san.resize(part, sectors));
    }

    @Override
    public CompletionStage<IoResult<Integer>> readMap(String map) {
        return san.read(HOST, map);
    }

    @Override
    public Subscription hold(DeviceName path) {
        return san.hold(HOST, path, "an exclusive opener");
    }

    @Override
    public boolean canMount() {
        return true;
    }

    @Override
    public Subscription mount(DeviceName path) {
        return san.mount(HOST, path, "/mnt");
    }

    @Override
    public void settle() {
        var settled = new CompletableFuture<Boolean>();
        san.time.after(Duration.ZERO, () -> settled.complete(true));
        settled.join();
    }

    @Override
    public void close() {
        san.close();
    }

    private List<DeviceName> find(long lun) {
        return Expect.disks(ports.blockDevices()).stream()
                .filter(disk -> !disk.vpd83().isEmpty()
                        && disk.hctl().filter(hctl -> hctl.lun() == lun).isPresent())
                .map(Disk::name)
                .toList();
    }

    private static String wwid(Disk disk) {
        return String.valueOf(disk.udev().get("ID_SERIAL"));
    }
}
