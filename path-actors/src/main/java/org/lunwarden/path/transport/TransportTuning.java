package org.lunwarden.path.transport;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.AuditTrail;
import org.lunwarden.io.Disk;
import org.lunwarden.io.DiskControl;
import org.lunwarden.io.DiskControl.Attribute;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.settings.TransportTimeouts;

/**
 * Sets the timeouts of the transport under a host's paths. What cannot be set is told once for all paths of a kind, and
 * is no reason not to use a path.
 */
public final class TransportTuning {

    private static final Logger LOG = LoggerFactory.getLogger(TransportTuning.class);

    private final DiskControl control;
    private final Executor blocking;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** @param blocking runs the calls of {@code control} */
    public TransportTuning(DiskControl control, Executor blocking) {
        this.control = control;
        this.blocking = blocking;
    }

    /** What is made of the timeouts that are wanted, a sentence each; sets nothing. Blocking. */
    public static List<String> account(DiskControl control, Disk disk, TransportTimeouts wanted) {
        var current = current(control, disk, TimeoutPlan.concerned(wanted, disk.ports()));
        return TransportAccount.of(TimeoutPlan.of(wanted, disk.ports(), current), current)
                .lines();
    }

    /** Returns at once. */
    public void begin(Wwid wwid, Disk disk, TransportTimeouts wanted) {
        try {
            blocking.execute(() -> set(wwid, disk, wanted));
        } catch (RejectedExecutionException stopping) {
            LOG.debug("{} {}: transport timeouts left as they are, the daemon stops", wwid, disk.name());
        }
    }

    /** Tells the kernel that a path's remote port is marginal, or is not any more. Returns at once. */
    public void markPort(Wwid wwid, Disk disk, boolean marginal) {
        try {
            blocking.execute(() -> {
                var wanted = marginal ? "Marginal" : "Online";
                if (control.read(disk.name(), Attribute.PORT_STATE) instanceof IoResult.Ok<String>(var state)
                        && state.equals(marginal ? "Online" : "Marginal")) {
                    write(wwid, disk, Attribute.PORT_STATE, wanted);
                }
            });
        } catch (RejectedExecutionException stopping) {
            LOG.debug("{} {}: its port is left as it is, the daemon stops", wwid, disk.name());
        }
    }

    private void set(Wwid wwid, Disk disk, TransportTimeouts wanted) {
        var plan = TimeoutPlan.of(
                wanted, disk.ports(), current(control, disk, TimeoutPlan.concerned(wanted, disk.ports())));
        plan.remarks().forEach(remark -> tell(wwid, disk, remark));
        plan.writes().forEach(write -> write(wwid, disk, write.attribute(), write.value()));
    }

    private void write(Wwid wwid, Disk disk, Attribute attribute, String value) {
        switch (control.write(disk.name(), attribute, value)) {
            case IoResult.Ok<IoResult.Done> done ->
                AuditTrail.note(wwid, disk.name() + ": " + attribute.word() + " set to " + value);
            case IoResult.Refused<IoResult.Done>(var errno, var call, var reason) ->
                tell(wwid, disk, attribute.word() + " " + value + " was not taken: " + reason);
        }
    }

    private static Map<Attribute, String> current(DiskControl control, Disk disk, Set<Attribute> concerned) {
        var current = new EnumMap<Attribute, String>(Attribute.class);
        for (var attribute : concerned) {
            if (control.read(disk.name(), attribute) instanceof IoResult.Ok<String>(var value)) {
                current.put(attribute, value);
            }
        }
        return current;
    }

    private void tell(Wwid wwid, Disk disk, String remark) {
        if (told.add(disk.ports().getClass().getSimpleName() + remark)) {
            LOG.warn("{} {}: {}, as for all paths like it", wwid, disk.name(), remark);
        }
    }
}
