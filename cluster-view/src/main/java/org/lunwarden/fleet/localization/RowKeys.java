package org.lunwarden.fleet.localization;

import java.util.Arrays;

/** Finds a row by the numbers of its host and ports. Open addressing: no object for a row. */
final class RowKeys {

    private static final int NONE = -1;

    private int[] hosts = new int[1024];
    private int[] initiators = new int[1024];
    private int[] targets = new int[1024];
    private int[] slots = filled(4096);
    private int size;

    /** The row of this key; a key that is new gets the next number. */
    int row(int host, int initiator, int target) {
        var slot = slot(host, initiator, target);
        if (slots[slot] != NONE) {
            return slots[slot];
        }
        if (size == hosts.length) {
            hosts = Arrays.copyOf(hosts, 2 * size);
            initiators = Arrays.copyOf(initiators, 2 * size);
            targets = Arrays.copyOf(targets, 2 * size);
        }
        hosts[size] = host;
        initiators[size] = initiator;
        targets[size] = target;
        slots[slot] = size;
        size++;
        if (2L * size > slots.length) {
            spread();
        }
        return size - 1;
    }

    int size() {
        return size;
    }

    int host(int row) {
        return hosts[row];
    }

    int initiator(int row) {
        return initiators[row];
    }

    int target(int row) {
        return targets[row];
    }

    private void spread() {
        slots = filled(2 * slots.length);
        for (var row = 0; row < size; row++) {
            slots[slot(hosts[row], initiators[row], targets[row])] = row;
        }
    }

    private int slot(int host, int initiator, int target) {
        var mask = slots.length - 1;
        var mixed = ((host * 31L + initiator) * 1_000_003L + target) * 0x9e3779b97f4a7c15L;
        var slot = (int) (mixed >>> 32) & mask;
        while (slots[slot] != NONE && !isKey(slots[slot], host, initiator, target)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean isKey(int row, int host, int initiator, int target) {
        return hosts[row] == host && initiators[row] == initiator && targets[row] == target;
    }

    private static int[] filled(int length) {
        var slots = new int[length];
        Arrays.fill(slots, NONE);
        return slots;
    }
}
