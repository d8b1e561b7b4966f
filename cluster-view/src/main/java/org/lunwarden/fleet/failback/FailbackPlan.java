package org.lunwarden.fleet.failback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

import org.lunwarden.model.Component;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/**
 * Which maps go back to their best group, in which order; a dry run is a plan that nobody runs.
 *
 * @param fingerprint of what moves and in which order: plans with the same one do the same
 * @param component only LUNs of which a map prefers nexuses through it; empty: all
 * @param waves one after the other; a LUN is in one wave with all hosts that have to move it. The first moves one LUN.
 * @param leftOut what is off its best group and yet not moved, sorted by LUN and host
 * @param expiresAt nothing of it is begun from then on
 */
public record FailbackPlan(
        String fingerprint,
        Optional<Component> component,
        List<Wave> waves,
        List<LeftOut> leftOut,
        Instant madeAt,
        Instant expiresAt) {

    private static final int DIGITS = 12;

    /** So many of those that are left out are written down with a plan that is followed; a dry run tells all. */
    static final int LEFT_OUT_TOLD = 20;

    /** Steps that are taken at the same time, sorted by host. */
    public record Wave(List<Step> steps) {
        public Wave {
            steps = List.copyOf(steps);
        }
    }

    /** What one host is asked in one wave; maps sorted. */
    public record Step(HostId host, List<Wwid> maps) {
        public Step {
            maps = List.copyOf(maps);
        }
    }

    /** @param reason in words */
    public record LeftOut(HostId host, Wwid map, String reason) {}

    public FailbackPlan {
        waves = List.copyOf(waves);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Plans, and checks before: what is shared moves on all hosts or on none, and nothing moves near an open incident,
     * maintenance, or what has not been well for long enough.
     *
     * @param component empty: all maps that are off their best group
     */
    public static FailbackPlan of(Optional<Component> component, Situation situation, FailbackSettings settings) {
        return new Planning(component, situation, settings).plan();
    }

    /** The same to follow, small enough to be told to all views with each write. */
    public FailbackPlan inBrief() {
        return new FailbackPlan(
                fingerprint,
                component,
                waves,
                leftOut.subList(0, Math.min(leftOut.size(), LEFT_OUT_TOLD)),
                madeAt,
                expiresAt);
    }

    static String fingerprint(Optional<Component> component, List<Wave> waves) {
        try {
            var text = component + " " + waves;
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Hosts that have a step, sorted. */
    public NavigableSet<HostId> hosts() {
        var hosts = new TreeSet<HostId>();
        waves.forEach(wave -> wave.steps().forEach(step -> hosts.add(step.host())));
        return hosts;
    }

    /** LUNs that it moves, sorted. */
    public NavigableSet<Wwid> maps() {
        var maps = new TreeSet<Wwid>();
        waves.forEach(wave -> wave.steps().forEach(step -> maps.addAll(step.maps())));
        return maps;
    }

    public boolean isEmpty() {
        return waves.isEmpty();
    }
}
