package org.lunwarden.deploy.differential;

import java.util.ArrayList;
import java.util.List;

/** What has to be taken out of one text, and put in, to get another: lines that begin with {@code -} and {@code +}. */
final class LineDifference {

    private LineDifference() {}

    /** The fewest such lines, in the order of the texts; those that both have are left out. */
    static List<String> between(List<String> reference, List<String> ours) {
        int[][] common = lengths(reference, ours);
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < reference.size() || j < ours.size()) {
            if (i < reference.size() && j < ours.size() && reference.get(i).equals(ours.get(j))) {
                i++;
                j++;
            } else if (j == ours.size() || (i < reference.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + reference.get(i++));
            } else {
                lines.add("+ " + ours.get(j++));
            }
        }
        return lines;
    }

    /** At i, j: how many lines the texts behind line i of the one and line j of the other have in common. */
    private static int[][] lengths(List<String> one, List<String> other) {
        int[][] lengths = new int[one.size() + 1][other.size() + 1];
        for (int i = one.size() - 1; i >= 0; i--) {
            for (int j = other.size() - 1; j >= 0; j--) {
                lengths[i][j] = one.get(i).equals(other.get(j))
                        ? lengths[i + 1][j + 1] + 1
                        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }
        return lengths;
    }
}
