package org.lunwarden.fleet.localization;

import java.util.Arrays;
import java.util.Comparator;

import org.lunwarden.model.fleet.NexusState;

/** Collects rows as they come, in any order; of several readings of one row the newest counts. */
public final class RiskIndexBuilder {

    private final Dictionary<String> hosts = new Dictionary<>(new String[0]);
    private final Dictionary<String> ports = new Dictionary<>(new String[0]);
    private final Dictionary<ComponentName> components = new Dictionary<>(new ComponentName[0]);
    private final RowKeys keys = new RowKeys();

    private int[] start = new int[1024];
    private int[] length = new int[1024];
    private NexusState[] state = new NexusState[1024];
    private double[] share = new double[1024];
    private long[] changedAt = new long[1024];
    private long[] reportedAt = new long[1024];
    private int[] crossed = new int[16 * 1024];
    private int used;

    /** The number by which {@link #add} knows a component. */
    public int component(ComponentName name) {
        return components.number(name);
    }

    /** @param crossed numbers of components; {@code count} of them are read, the same one twice counts once */
    public void add(String host, String initiator, String target, int[] crossed, int count, RowReading reading) {
        var before = keys.size();
        var row = keys.row(hosts.number(host), ports.number(initiator), ports.number(target));
        if (row < before && !reading.isNewerThan(reading(row))) {
            return;
        }
        reserve(row, count);
        start[row] = used;
        for (var at = 0; at < count; at++) {
            if (!contains(start[row], crossed[at])) {
                this.crossed[used++] = crossed[at];
            }
        }
        length[row] = used - start[row];
        state[row] = reading.state();
        share[row] = reading.share();
        changedAt[row] = reading.changedAt();
        reportedAt[row] = reading.reportedAt();
    }

    public int rows() {
        return keys.size();
    }

    public RiskIndex build() {
        var rows = keys.size();
        var hostRank = hosts.ranks(Comparator.naturalOrder());
        var portRank = ports.ranks(Comparator.naturalOrder());
        var rank = components.ranks(Comparator.naturalOrder());
        var order = order(hostRank, portRank);
        var hostOf = new int[rows];
        var initiatorOf = new int[rows];
        var targetOf = new int[rows];
        var starts = new int[rows + 1];
        for (var at = 0; at < rows; at++) {
            var row = order[at];
            hostOf[at] = hostRank[keys.host(row)];
            initiatorOf[at] = portRank[keys.initiator(row)];
            targetOf[at] = portRank[keys.target(row)];
            starts[at + 1] = starts[at] + length[row];
        }
        var lists = new int[starts[rows]];
        for (var at = 0; at < rows; at++) {
            var row = order[at];
            for (var i = 0; i < length[row]; i++) {
                lists[starts[at] + i] = rank[crossed[start[row] + i]];
            }
            Arrays.sort(lists, starts[at], starts[at + 1]);
        }
        var index = new RiskIndex(
                hosts.placed(hostRank),
                ports.placed(portRank),
                components.placed(rank),
                hostOf,
                initiatorOf,
                targetOf,
                starts,
                lists);
        for (var at = 0; at < rows; at++) {
            index.set(at, reading(order[at]));
        }
        return index;
    }

    /** Rows by host, initiator and target: sorted by the last first, each pass keeping the order of the one before. */
    private int[] order(int[] hostRank, int[] portRank) {
        var order = new int[keys.size()];
        Arrays.setAll(order, row -> row);
        order = sorted(order, portRank.length, row -> portRank[keys.target(row)]);
        order = sorted(order, portRank.length, row -> portRank[keys.initiator(row)]);
        return sorted(order, hostRank.length, row -> hostRank[keys.host(row)]);
    }

    private interface Rank {
        int of(int row);
    }

    private static int[] sorted(int[] order, int ranks, Rank rank) {
        var next = new int[ranks + 1];
        for (var row : order) {
            next[rank.of(row) + 1]++;
        }
        for (var i = 0; i < ranks; i++) {
            next[i + 1] += next[i];
        }
        var sorted = new int[order.length];
        for (var row : order) {
            sorted[next[rank.of(row)]++] = row;
        }
        return sorted;
    }

    private RowReading reading(int row) {
        return new RowReading(state[row], share[row], changedAt[row], reportedAt[row]);
    }

    private boolean contains(int from, int component) {
        for (var at = from; at < used; at++) {
            if (crossed[at] == component) {
                return true;
            }
        }
        return false;
    }

    private void reserve(int row, int count) {
        if (row == start.length) {
            var longer = 2 * row;
            start = Arrays.copyOf(start, longer);
            length = Arrays.copyOf(length, longer);
            state = Arrays.copyOf(state, longer);
            share = Arrays.copyOf(share, longer);
            changedAt = Arrays.copyOf(changedAt, longer);
            reportedAt = Arrays.copyOf(reportedAt, longer);
        }
        if (used + count > crossed.length) {
            crossed = Arrays.copyOf(crossed, Math.max(used + count, crossed.length + (crossed.length >> 1)));
        }
    }
}
