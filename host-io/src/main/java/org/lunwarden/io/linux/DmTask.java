package org.lunwarden.io.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;

/** One request to device-mapper: set up, run once, asked for what came of it, closed. For one thread. */
final class DmTask implements AutoCloseable {

    /** Request types, as {@code libdevmapper.h} counts them. */
    enum Type {
        CREATE(0),
        RELOAD(1),
        REMOVE(2),
        SUSPEND(4),
        RESUME(5),
        INFO(6),
        RENAME(8),
        VERSION(9),
        STATUS(10),
        TABLE(11),
        LIST(13),
        CLEAR(14),
        MESSAGE(17);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int INFO_SIZE = 64;

    private final LibDevmapper.Calls dm = LibDevmapper.calls();
    private final Type type;
    private final String subject;
    private final @Nullable Pointer task;
    private boolean accepted;

    private DmTask(Type type, String subject) {
        LibDevmapper.forgetComplaints();
        this.type = type;
        this.subject = subject;
        task = dm.dm_task_create(type.number);
        accepted = task != null;
    }

    static DmTask of(Type type) {
        return new DmTask(type, "");
    }

    static DmTask of(Type type, String name) {
        var made = new DmTask(type, name);
        // the library would look a name with a slash up as a file
        made.accepted = made.accepted && !name.isEmpty() && name.indexOf('/') < 0;
        return made.with(task -> made.dm.dm_task_set_name(task, name));
    }

    /** @param uuid one that is empty, or longer than the kernel takes, is not accepted */
    static DmTask ofUuid(Type type, String uuid) {
        var made = new DmTask(type, uuid);
        made.accepted = made.accepted && !uuid.isEmpty();
        return made.with(task -> made.dm.dm_task_set_uuid(task, uuid));
    }

    /** Something to set; 0 when the library does not take it. */
    interface Setting {
        int on(Pointer task);
    }

    DmTask with(Setting setting) {
        accepted = accepted && task != null && setting.on(task) != 0;
        return this;
    }

    DmTask withTable(boolean readOnly, List<DeviceMapper.Target> table) {
        for (var target : table) {
            with(task -> dm.dm_task_add_target(
                    task, target.startSector(), target.sectors(), target.type(), target.parameters()));
        }
        return readOnly ? with(dm::dm_task_set_ro) : this;
    }

    IoResult<DmTask> run() {
        if (!accepted || task == null) {
            return refused(LibC.EINVAL);
        }
        if (dm.dm_task_run(task) != 0) {
            return new IoResult.Ok<>(this);
        }
        return refused(dm.dm_task_get_errno(task));
    }

    private <T> IoResult<T> refused(int errno) {
        var complaint = LibDevmapper.lastComplaint();
        var reason = errno == 0 || (errno == LibC.EINVAL && !accepted && !complaint.isEmpty())
                ? complaint
                : LibC.reason(errno);
        return new IoResult.Refused<>(errno, toString(), reason);
    }

    /** What the kernel told of the device with its answer; {@code ENXIO} when there is no such device. */
    IoResult<DeviceMapper.Info> info() {
        var info = LibC.allocate(INFO_SIZE);
        if (task == null || dm.dm_task_get_info(task, info) == 0) {
            return refused(0);
        }
        if (info.getInt(0) == 0) {
            return refused(LibC.ENXIO);
        }
        return new IoResult.Ok<>(new DeviceMapper.Info(
                text(dm.dm_task_get_name_unmangled(task)),
                text(dm.dm_task_get_uuid_unmangled(task)),
                new DevT(info.getInt(24), info.getInt(28)),
                info.getInt(4) != 0,
                info.getInt(32) != 0,
                info.getInt(16),
                Integer.toUnsignedLong(info.getInt(20)),
                info.getInt(8) != 0,
                info.getInt(12) != 0,
                info.getInt(40) != 0));
    }

    /** The lines of a table or status. */
    List<DeviceMapper.Target> targets() {
        var targets = new ArrayList<DeviceMapper.Target>();
        if (task == null) {
            return targets;
        }
        var start = LibC.allocate(8);
        var length = LibC.allocate(8);
        var type = LibC.allocate(8);
        var parameters = LibC.allocate(8);
        Pointer next = null;
        do {
            next = dm.dm_get_next_target(task, next, start, length, type, parameters);
            var word = text(type.getPointer(0));
            if (!word.isEmpty()) {
                targets.add(new DeviceMapper.Target(
                        start.getLong(0), length.getLong(0), word, text(parameters.getPointer(0))));
            }
        } while (next != null);
        return targets;
    }

    /** The kernel's list of devices, as {@link DmNames} reads it; null when the library has none. */
    @Nullable
    Pointer names() {
        return task == null ? null : dm.dm_task_get_names(task);
    }

    private static String text(@Nullable Pointer chars) {
        return chars == null ? "" : text(chars.getString(0));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    @Override
    public String toString() {
        return ("dm " + type.word() + " " + subject).strip();
    }

    @Override
    public void close() {
        if (task != null) {
            dm.dm_task_destroy(task);
        }
    }
}
