package org.lunwarden.io.linux;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.Delegate;
import jnr.ffi.annotations.In;
import org.jspecify.annotations.Nullable;

/**
 * libdevmapper, silenced: what it would write to stderr is kept for {@link #lastComplaint}.
 *
 * <p>The library keeps a list of pending changes to device nodes without a lock of its own, so calls that change nodes
 * (create, resume, rename, remove, waiting for udev) happen under {@link #NODES}. Queries, loads, suspends and
 * messages need no lock, and must have none: each of them may wait for a device.
 */
final class LibDevmapper {

    /** Held for every call that touches the library's list of node changes. */
    static final Object NODES = new Object();

    private static final int LOG_ERROR = 3;
    private static final int LOG_LEVEL_MASK = 7;

    private static final ThreadLocal<String> COMPLAINT = ThreadLocal.withInitial(() -> "");
    private static final Log LOG = LibDevmapper::heard;
    private static final Calls CALLS = open();

    private LibDevmapper() {}

    /** Results: 0 is a failure. */
    public interface Calls {
        void dm_log_with_errno_init(@Nullable Log log);

        int dm_udev_get_sync_support();

        int dm_udev_wait(int cookie);

        int dm_udev_wait_immediate(int cookie, Pointer ready);

        int dm_udev_complete(int cookie);

        @Nullable
        Pointer dm_task_create(int type);

        void dm_task_destroy(Pointer task);

        int dm_task_set_name(Pointer task, @In String name);

        int dm_task_set_newname(Pointer task, @In String name);

        int dm_task_set_uuid(Pointer task, @In String uuid);

        int dm_task_set_message(Pointer task, @In String message);

        int dm_task_set_sector(Pointer task, long sector);

        int dm_task_set_ro(Pointer task);

        int dm_task_set_add_node(Pointer task, int when);

        int dm_task_set_cookie(Pointer task, Pointer cookie, short flags);

        int dm_task_no_flush(Pointer task);

        int dm_task_no_open_count(Pointer task);

        int dm_task_query_inactive_table(Pointer task);

        int dm_task_skip_lockfs(Pointer task);

        int dm_task_deferred_remove(Pointer task);

        int dm_task_add_target(Pointer task, long start, long size, @In String type, @In String parameters);

        int dm_task_run(Pointer task);

        int dm_task_get_errno(Pointer task);

        int dm_task_get_info(Pointer task, Pointer info);

        @Nullable
        String dm_task_get_name_unmangled(Pointer task);

        @Nullable
        String dm_task_get_uuid_unmangled(Pointer task);

        @Nullable
        Pointer dm_task_get_names(Pointer task);

        @Nullable
        Pointer dm_get_next_target(
                Pointer task, @Nullable Pointer next, Pointer start, Pointer length, Pointer type, Pointer parameters);
    }

    /** Hears what the library has to say; the words for the format's blanks are not passed on. */
    public interface Log {
        @Delegate
        void write(int level, @Nullable Pointer file, int line, int errnoOrClass, @Nullable Pointer format);
    }

    static Calls calls() {
        return CALLS;
    }

    /** This thread's last complaint of the library, with {@code …} for names and numbers; empty when there was none. */
    static String lastComplaint() {
        return COMPLAINT.get();
    }

    static void forgetComplaints() {
        COMPLAINT.remove();
    }

    private static Calls open() {
        var calls = LibraryLoader.create(Calls.class).load("libdevmapper.so.1.02.1");
        calls.dm_log_with_errno_init(LOG);
        // a thread may be at a call when the process ends: the library must not call back then
        Runtime.getRuntime().addShutdownHook(new Thread(() -> calls.dm_log_with_errno_init(null), "libdevmapper-log"));
        return calls;
    }

    private static void heard(int level, @Nullable Pointer file, int line, int errnoOrClass, @Nullable Pointer format) {
        if ((level & LOG_LEVEL_MASK) <= LOG_ERROR && format != null) {
            COMPLAINT.set(format.getString(0).replaceAll("%[-#0-9.]*l*[a-zA-Z]", "…"));
        }
    }
}
