package org.lunwarden.fleet.localization;

import java.util.Arrays;
import java.util.function.IntConsumer;

import org.lunwarden.model.fleet.NexusState;

/**
 * Who crosses what, by number, and what each row says now. A row is a nexus of a host: its structure stays, its reading
 * may be set at any time, at the cost of the components that it crosses. All numbers follow the order of names, so that
 * nothing depends on the order in which rows were heard.
 */
public final class RiskIndex {

    final String[] hosts;
    final String[] ports;
    final ComponentName[] components;

    /** Class number -> its word. */
    final String[] kinds;

    /** Component -> class number. */
    final int[] kindOf;

    /** Row -> host, ascending. */
    final int[] hostOf;

    final int[] initiatorOf;
    final int[] targetOf;

    /** Row -> where its components begin in {@link #crossed}. */
    final int[] start;

    final int[] crossed;

    /** Component -> where its rows begin in {@link #rows}, which ascend. */
    final int[] rowsStart;

    final int[] rows;

    /** Rows that name another component of a class than most rows of the same port; they count with these. */
    final int corrected;

    /** Entries of the inventory that were filled in from what other hosts see. */
    final int completed;

    final NexusState[] state;
    final float[] share;
    final long[] changedAt;
    final long[] reportedAt;

    /** Component -> rows that are up. */
    final int[] up;

    private int known;
    private int failed;

    RiskIndex(
            String[] hosts,
            String[] ports,
            ComponentName[] components,
            int[] hostOf,
            int[] initiatorOf,
            int[] targetOf,
            int[] start,
            int[] crossed) {
        this.hosts = hosts;
        this.ports = ports;
        this.components = components;
        this.hostOf = hostOf;
        this.initiatorOf = initiatorOf;
        this.targetOf = targetOf;
        kinds = Arrays.stream(components).map(ComponentName::kind).distinct().toArray(String[]::new);
        kindOf = new int[components.length];
        for (var component = 1; component < components.length; component++) {
            var isSame = components[component].kind().equals(components[component - 1].kind());
            kindOf[component] = kindOf[component - 1] + (isSame ? 0 : 1);
        }
        var completion = new Completion(kinds, kindOf, start, crossed);
        this.start = completion.start();
        this.crossed = completion.crossed();
        completed = completion.completed();
        corrected = new Inventory(this).correct();
        rowsStart = new int[components.length + 1];
        rows = new int[this.crossed.length];
        turn();
        var count = hostOf.length;
        state = new NexusState[count];
        Arrays.fill(state, NexusState.UNKNOWN);
        share = new float[count];
        changedAt = new long[count];
        reportedAt = new long[count];
        up = new int[components.length];
    }

    private void turn() {
        for (var component : crossed) {
            rowsStart[component + 1]++;
        }
        for (var component = 0; component < components.length; component++) {
            rowsStart[component + 1] += rowsStart[component];
        }
        var next = Arrays.copyOf(rowsStart, components.length);
        for (var row = 0; row < hostOf.length; row++) {
            for (var at = start[row]; at < start[row + 1]; at++) {
                rows[next[crossed[at]]++] = row;
            }
        }
    }

    /** What a row says from now on. */
    public void set(int row, RowReading reading) {
        var before = state[row];
        var after = reading.state();
        var change = (after == NexusState.UP ? 1 : 0) - (before == NexusState.UP ? 1 : 0);
        if (change != 0) {
            for (var at = start[row]; at < start[row + 1]; at++) {
                up[crossed[at]] += change;
            }
        }
        known += (isKnown(after) ? 1 : 0) - (isKnown(before) ? 1 : 0);
        state[row] = after;
        failed -= isFailed(row) ? 1 : 0;
        share[row] = (float) reading.failedShare();
        failed += isFailed(row) ? 1 : 0;
        changedAt[row] = reading.changedAt();
        reportedAt[row] = reading.reportedAt();
    }

    private static boolean isKnown(NexusState state) {
        return state == NexusState.UP || state == NexusState.DOWN || state == NexusState.PARTIAL;
    }

    public int size() {
        return hostOf.length;
    }

    /** Hosts with a row, whatever it says. */
    public int hostCount() {
        return hosts.length;
    }

    public int componentCount() {
        return components.length;
    }

    public ComponentName component(int component) {
        return components[component];
    }

    public String host(int row) {
        return hosts[hostOf[row]];
    }

    public String hostName(int host) {
        return hosts[host];
    }

    public void forEachComponent(int row, IntConsumer visit) {
        for (var at = start[row]; at < start[row + 1]; at++) {
            visit.accept(crossed[at]);
        }
    }

    public String initiator(int row) {
        return ports[initiatorOf[row]];
    }

    public String target(int row) {
        return ports[targetOf[row]];
    }

    public NexusState state(int row) {
        return state[row];
    }

    public long changedAt(int row) {
        return changedAt[row];
    }

    /** Rows that say something about the hardware. */
    public int knownRows() {
        return known;
    }

    /** Of these, rows that are down as a whole or in part. */
    public int failedRows() {
        return failed;
    }

    /** Components that rows do not name and cross all the same, as other hosts show. */
    public int completedEntries() {
        return completed;
    }

    /** Rows of which the inventory was put right. */
    public int correctedRows() {
        return corrected;
    }

    boolean isUp(int row) {
        return state[row] == NexusState.UP;
    }

    boolean isFailed(int row) {
        return share[row] > 0;
    }

    boolean isKnown(int row) {
        return isKnown(state[row]);
    }

    boolean crosses(int row, int component) {
        return Arrays.binarySearch(crossed, start[row], start[row + 1], component) >= 0;
    }
}
