package org.lunwarden.io.linux;

import java.util.Arrays;
import java.util.Optional;

import jnr.ffi.Pointer;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.NvmeReply;
import org.lunwarden.model.nvme.AdminCommand;

/**
 * NVMe admin commands to the controller of one namespace, through the pool, one at a time. Source:
 * {@code struct nvme_passthru_cmd} in Linux {@code include/uapi/linux/nvme_ioctl.h}.
 */
final class AdminChannel extends Channel<NvmeReply, AdminChannel.Command> {

    /** {@code _IOWR('N', 0x41, struct nvme_admin_cmd)}. */
    private static final long NVME_IOCTL_ADMIN_CMD = 0xc048_4e41L;

    private static final int SIZE = 72;

    /** A command and the memory it will use. The kernel's own limit, longer than any deadline of ours, stays. */
    static final class Command {
        private final AdminCommand command;
        private final Pointer memory;

        private Command(AdminCommand command) {
            this.command = command;
            memory = LibC.allocate(SIZE + command.dataIn());
            memory.putByte(0, (byte) command.opcode());
            memory.putInt(4, (int) command.namespace());
            memory.putLong(24, memory.address() + SIZE);
            memory.putInt(36, command.dataIn());
            memory.putInt(40, command.dword10());
            memory.putInt(44, command.dword11());
        }

        private NvmeReply reply(int status) {
            var read = new byte[status == 0 ? command.dataIn() : 0];
            memory.get(SIZE, read, 0, read.length);
            var boxed = new Byte[read.length];
            Arrays.setAll(boxed, i -> read[i]);
            return new NvmeReply(status, Arrays.asList(boxed));
        }
    }

    AdminChannel(ProbeLoop loop, String name, CallPool.Place place) {
        super(loop, name, place);
    }

    void send(Pending<NvmeReply> probe, AdminCommand command) {
        send(probe, new Command(command));
    }

    @Override
    Opened open() {
        var path = "/dev/" + name();
        var fd = LibC.calls().open(path, LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        return new Opened(fd, true, fd < 0 ? LibC.errno() : 0, path);
    }

    @Override
    boolean use(OpenFile opened) {
        return true;
    }

    @Override
    int width(OpenFile opened) {
        return 1;
    }

    @Override
    void start(Request<NvmeReply, Command> request, OpenFile on) {
        var number = request.probe().number();
        call(request, on, fd -> {
            var status = LibC.calls().ioctl(fd, NVME_IOCTL_ADMIN_CMD, request.what().memory);
            var errno = status < 0 ? LibC.errno() : 0;
            return Optional.of(() -> {
                var unused = end(
                        number,
                        errno == 0
                                ? new Answer.Answered<>(request.what().reply(status))
                                : refused(errno, "NVMe admin command to " + name()));
                if (isGone(errno)) {
                    lost(on, errno);
                }
            });
        });
    }

    @Override
    void forgotten(Command command) {}
}
