package org.lunwarden.io.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.io.contract.Expect.ok;
import static org.lunwarden.io.contract.Expect.soon;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.io.DeviceProbe;
import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.NvmeReply;
import org.lunwarden.io.Disk;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.AnaState;
import org.lunwarden.model.nvme.AdminCommand;
import org.lunwarden.model.nvme.AnaLog;
import org.lunwarden.model.nvme.ControllerIdentity;
import org.lunwarden.model.nvme.NamespaceDescriptors;
import org.lunwarden.model.nvme.NamespaceIdentity;
import org.lunwarden.model.scsi.Decoded;

/**
 * What {@link DeviceProbe} promises of NVMe, and {@link Disk} of a namespace: on a host that has one namespace through two
 * controllers that report asymmetric access, one of them optimized, the other not.
 */
public abstract class NvmeProbeContract {

    private static final Duration AMPLE = Duration.ofSeconds(15);
    private static final int ENOTTY = 25;

    private HostPorts ports;

    protected abstract HostPorts open();

    protected abstract void close();

    @BeforeEach
    void openPorts() {
        ports = open();
    }

    @AfterEach
    void closePorts() {
        close();
    }

    @Test
    void bothPathsTellOneNamespaceAndAControllerEach() {
        var paths = paths();

        assertThat(paths).hasSize(2).allSatisfy(path -> {
            assertThat(path.hctl()).isEmpty();
            assertThat(path.state()).isEqualTo("live");
            assertThat(path.vendor()).isEqualTo("NVME");
            assertThat(path.sizeSectors()).isPositive();
            assertThat(path.udev()).containsEntry("ID_WWN", nvme(path).wwid());
            assertThat(nvme(path).transport()).isNotEmpty();
            assertThat(nvme(path).namespace()).isPositive();
        });
        assertThat(paths)
                .extracting(path -> nvme(path).wwid())
                .containsOnly(nvme(paths.getFirst()).wwid());
        assertThat(paths)
                .extracting(path -> nvme(path).subsystemNqn())
                .doesNotContain("")
                .hasSize(2);
        assertThat(paths).extracting(path -> nvme(path).controller()).doesNotHaveDuplicates();
        assertThat(paths).extracting(path -> nvme(path).address()).doesNotHaveDuplicates();
    }

    @Test
    void aControllerReportsTheStateOfTheNamespacesGroup() {
        assertThat(paths().stream().map(this::state).toList())
                .containsExactlyInAnyOrder(Optional.of(AnaState.OPTIMIZED), Optional.of(AnaState.NON_OPTIMIZED));
    }

    @Test
    void aNamespaceNamesItselfAsTheKernelCallsIt() {
        assertThat(paths()).isNotEmpty().allSatisfy(path -> {
            try (var device = ports.pathProbe().attach(path.name())) {
                var list = answered(
                        device, AdminCommand.namespaceDescriptors(nvme(path).namespace()));
                assertThat(value(NamespaceDescriptors.parse(list.data())).names())
                        .startsWith(nvme(path).wwid());
            }
        });
    }

    @Test
    void aCommandThatTheControllerDoesNotHaveComesBackAsItsStatus() {
        var unknown = new AdminCommand(0x7c, 0, 0, 0, 0);

        try (var device = ports.pathProbe().attach(paths().getFirst().name())) {
            var reply = answered(device, unknown);

            assertThat(reply.isGood()).isFalse();
            assertThat(reply.status() & 0xff).isEqualTo(1);
            assertThat(reply.data()).isEmpty();
        }
    }

    @Test
    void aNamespaceIsReadAndTakesNoScsiCommands() {
        try (var device = ports.pathProbe().attach(paths().getFirst().name())) {
            assertThat(soon(device.readFirstBlock(AMPLE)))
                    .isInstanceOfSatisfying(
                            Answer.Answered.class,
                            read -> assertThat((int) read.value()).isGreaterThanOrEqualTo(512));
            assertThat(soon(device.command(new byte[6], 0, AMPLE)))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused -> assertThat(refused.errno()).isEqualTo(ENOTTY));
        }
    }

    @Test
    void aForgottenDeviceTakesNoMoreCommands() {
        var device = ports.pathProbe().attach(paths().getFirst().name());
        device.close();

        assertThat(soon(device.admin(AdminCommand.identifyController(), AMPLE))).isInstanceOf(Answer.NotAsked.class);
    }

    private Optional<AnaState> state(Disk path) {
        try (var device = ports.pathProbe().attach(path.name())) {
            var controller = value(ControllerIdentity.parse(
                    answered(device, AdminCommand.identifyController()).data()));
            assertThat(controller.reportsAna()).isTrue();
            assertThat(controller.groups()).isPositive();
            var namespace = value(NamespaceIdentity.parse(
                    answered(device, AdminCommand.identifyNamespace(nvme(path).namespace()))
                            .data()));
            var length = (int) AnaLog.length(controller.groups());
            return value(AnaLog.parse(
                            answered(device, AdminCommand.anaLog(length)).data()))
                    .state(namespace.group());
        }
    }

    private List<Disk> paths() {
        return ok(ports.blockDevices().look().list()).stream()
                .map(listed -> ok(ports.blockDevices().disk(listed.name())))
                .filter(disk -> disk.ports() instanceof PortFacts.Nvme nvme
                        && !nvme.controller().isEmpty())
                .toList();
    }

    private static PortFacts.Nvme nvme(Disk disk) {
        return (PortFacts.Nvme) disk.ports();
    }

    private static NvmeReply answered(DeviceProbe device, AdminCommand command) {
        return soon(device.admin(command, AMPLE)) instanceof Answer.Answered<NvmeReply>(var reply)
                ? reply
                : new NvmeReply(-1, List.of());
    }

    private static <T> T value(Decoded<T> decoded) {
        return switch (decoded) {
            case Decoded.Ok<T>(var value) -> value;
            case Decoded.Invalid<T> invalid -> throw new AssertionError(invalid.toString());
        };
    }
}
