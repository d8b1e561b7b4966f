package org.lunwarden.path.transport;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.lunwarden.io.DiskControl.Attribute;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.OffOr;
import org.lunwarden.model.settings.TransportTimeouts;

/**
 * What is to be written for the timeouts that are wanted. Pure.
 *
 * <p>A port's devices must outlive the queueing of their map, so that {@code dev_loss_tmo} is raised with
 * {@code no_path_retry}; {@code fast_io_fail_tmo} must be less than it, and without it the kernel takes no more than 600
 * seconds. A {@code dev_loss_tmo} that nobody asked for gives way to {@code fast_io_fail_tmo}.
 * That one may have 600 seconds itself, but not where both were shorter before, and so gets less. Sources: multipath.conf(5); Linux {@code drivers/scsi/scsi_transport_fc.c}.
 *
 * @param writes in the order in which the kernel takes them; nothing that is so already
 * @param remarks what cannot be as it is wanted
 */
record TimeoutPlan(List<Write> writes, List<String> remarks) {

    static final long LONGEST_DEV_LOSS = Integer.MAX_VALUE;
    static final long LONGEST_BLOCK = 600;

    private static final String OFF = "off";

    /** Devices stay that part of the queueing, and so many seconds, longer than it lasts. */
    private static final long LOSS_MARGIN = 60;

    private static final long LOSS_GRACE = 5;

    record Write(Attribute attribute, String value) {}

    TimeoutPlan {
        writes = List.copyOf(writes);
        remarks = List.copyOf(remarks);
    }

    /** What a plan depends on. */
    static Set<Attribute> concerned(TransportTimeouts wanted, PortFacts ports) {
        var concerned = EnumSet.noneOf(Attribute.class);
        switch (ports) {
            case PortFacts.Fc fc -> concerned.addAll(List.of(Attribute.FAST_IO_FAIL_TMO, Attribute.DEV_LOSS_TMO));
            case PortFacts.Iscsi iscsi -> concerned.add(Attribute.RECOVERY_TMO);
            case PortFacts.Sas sas -> concerned.add(Attribute.I_T_NEXUS_LOSS_TIMEOUT);
            case PortFacts.Nvme nvme -> {}
            case PortFacts.Opaque opaque -> {}
        }
        wanted.ehDeadline().ifPresent(wish -> concerned.add(Attribute.EH_DEADLINE));
        wanted.maxRetries().ifPresent(wish -> concerned.add(Attribute.MAX_RETRIES));
        return concerned;
    }

    /** @param current the attributes that are there */
    static TimeoutPlan of(TransportTimeouts wanted, PortFacts ports, Map<Attribute, String> current) {
        var writes = new ArrayList<Write>();
        var remarks = new ArrayList<String>();
        switch (ports) {
            case PortFacts.Fc fc -> fc(wanted, current, writes, remarks);
            case PortFacts.Iscsi iscsi -> iscsi(wanted, writes, remarks);
            case PortFacts.Sas sas -> {
                fastIoFailDropped(wanted, "SAS", remarks);
                devLoss(wanted, current, Attribute.I_T_NEXUS_LOSS_TIMEOUT, remarks)
                        .ifPresent(loss -> writes.add(write(Attribute.I_T_NEXUS_LOSS_TIMEOUT, loss)));
            }
            case PortFacts.Nvme nvme -> none(wanted, "NVMe", remarks);
            case PortFacts.Opaque opaque -> none(wanted, "the driver " + opaque.hostDriver(), remarks);
        }
        wanted.ehDeadline().ifPresent(wish -> writes.add(new Write(Attribute.EH_DEADLINE, word(wish, OFF))));
        wanted.maxRetries().ifPresent(wish -> writes.add(new Write(Attribute.MAX_RETRIES, word(wish, "-1"))));
        writes.removeIf(write -> write.value().equals(current.get(write.attribute())));
        return new TimeoutPlan(writes, remarks);
    }

    private static void fc(
            TransportTimeouts wanted, Map<Attribute, String> current, List<Write> writes, List<String> remarks) {
        var known = number(current.get(Attribute.DEV_LOSS_TMO));
        if (known.isEmpty() || !current.containsKey(Attribute.FAST_IO_FAIL_TMO)) {
            remarks.add("the port's timeouts cannot be read, and are left as they are");
            return;
        }
        var lossNow = known.get();
        var loss = devLoss(wanted, current, Attribute.DEV_LOSS_TMO, remarks).orElse(lossNow);
        var offNow = OFF.equals(current.get(Attribute.FAST_IO_FAIL_TMO));
        var fastNow = number(current.get(Attribute.FAST_IO_FAIL_TMO));
        var fast = wanted.fastIoFail().isPresent() ? seconds(wanted.fastIoFail().get()) : fastNow;
        if (fast.isPresent() && fast.get() >= loss && wanted.devLoss().isEmpty() && fast.get() < LONGEST_BLOCK) {
            remarks.add("dev_loss_tmo " + loss + " becomes one second more than fast_io_fail_tmo " + fast.get());
            loss = fast.get() + 1;
        } else if (fast.isPresent() && fast.get() >= loss) {
            remarks.add("fast_io_fail_tmo " + fast.get() + " is not less than dev_loss_tmo " + loss + ", off is used");
            fast = Optional.empty();
        } else if (wanted.fastIoFail().isPresent() && fast.isPresent() && fast.get() >= LONGEST_BLOCK) {
            remarks.add("fast_io_fail_tmo " + fast.get() + " is not less than 600, 599 is used");
            fast = Optional.of(LONGEST_BLOCK - 1);
        }
        if (fast.isEmpty() && loss > LONGEST_BLOCK) {
            remarks.add("dev_loss_tmo " + loss + " is not taken without fast_io_fail_tmo, 600 is used");
            loss = LONGEST_BLOCK;
        }
        var fastWrite = new Write(
                Attribute.FAST_IO_FAIL_TMO,
                fast.map(number -> Long.toString(number)).orElse(OFF));
        var lossWrite = write(Attribute.DEV_LOSS_TMO, loss);
        if (fast.isPresent() && fast.get() < lossNow) {
            writes.add(fastWrite);
        } else if (fast.isPresent() && offNow && loss > LONGEST_BLOCK) {
            writes.add(write(Attribute.DEV_LOSS_TMO, LONGEST_BLOCK));
            writes.add(fastWrite);
        }
        writes.add(lossWrite);
        if (!writes.contains(fastWrite)) {
            writes.add(fastWrite);
        }
    }

    /** What is said, and no less than the map's patience; empty when nothing is said and what is there suffices. */
    private static Optional<Long> devLoss(
            TransportTimeouts wanted, Map<Attribute, String> current, Attribute attribute, List<String> remarks) {
        var least = least(wanted);
        var said = wanted.devLoss().map(wish -> Math.min(wish.toSeconds(), LONGEST_DEV_LOSS));
        if (said.isPresent() && said.get() < least) {
            remarks.add("dev_loss_tmo " + said.get() + " is shorter than no_path_retry, " + least + " is used");
            return Optional.of(least);
        }
        return said.or(
                () -> number(current.get(attribute)).filter(now -> now < least).map(now -> least));
    }

    /** How long the devices of a lost port are to stay for the sake of queued I/O; seconds. */
    private static long least(TransportTimeouts wanted) {
        return switch (wanted.noPathRetry()) {
            case NoPathRetry.Fail() -> 0;
            case NoPathRetry.AsItIs() -> 0;
            case NoPathRetry.Queue() -> LONGEST_DEV_LOSS;
            case NoPathRetry.Retry(var polls) -> {
                var queued = polls * Math.min(wanted.pollingInterval().toSeconds(), LONGEST_DEV_LOSS);
                yield Math.min(queued + queued / LOSS_MARGIN + LOSS_GRACE, LONGEST_DEV_LOSS);
            }
        };
    }

    private static void iscsi(TransportTimeouts wanted, List<Write> writes, List<String> remarks) {
        wanted.fastIoFail().ifPresent(wish -> {
            switch (wish) {
                case OffOr.Number(var seconds) when seconds > 0 -> writes.add(write(Attribute.RECOVERY_TMO, seconds));
                case OffOr.Number(var none) ->
                    remarks.add(
                            "fast_io_fail_tmo 0 is not written for iSCSI: each short loss of a session would fail I/O");
                case OffOr.Off() -> remarks.add("fast_io_fail_tmo cannot be switched off for iSCSI");
            }
        });
        wanted.devLoss().ifPresent(wish -> remarks.add("dev_loss_tmo has no effect on iSCSI"));
    }

    /** Nobody need be told that the built-in one is not set. */
    private static void fastIoFailDropped(TransportTimeouts wanted, String transport, List<String> remarks) {
        wanted.fastIoFail()
                .filter(wish -> !wish.equals(TransportTimeouts.STANDARD_FAST_IO_FAIL))
                .ifPresent(wish -> remarks.add("fast_io_fail_tmo has no effect on " + transport));
    }

    private static void none(TransportTimeouts wanted, String transport, List<String> remarks) {
        fastIoFailDropped(wanted, transport, remarks);
        wanted.devLoss().ifPresent(wish -> remarks.add("dev_loss_tmo has no effect on " + transport));
    }

    private static Optional<Long> seconds(OffOr wish) {
        return switch (wish) {
            case OffOr.Off() -> Optional.empty();
            case OffOr.Number(var number) -> Optional.of((long) number);
        };
    }

    private static String word(OffOr wish, String off) {
        return seconds(wish).map(number -> Long.toString(number)).orElse(off);
    }

    private static Write write(Attribute attribute, long value) {
        return new Write(attribute, Long.toString(value));
    }

    /** Empty for {@code off} and for what is not there. */
    private static Optional<Long> number(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(word -> word.matches("\\d{1,10}"))
                .map(Long::parseLong);
    }
}
