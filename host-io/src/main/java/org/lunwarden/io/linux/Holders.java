package org.lunwarden.io.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;

/** Finds in sysfs and proc who uses a disk or a partition of it. */
record Holders(SysfsTree tree) {

    private static final String OURS = "mpath-";

    /** @param ofMap whether a multipath map is among those who hold it; maps are not in the list */
    record Found(List<String> holders, boolean ofMap) {}

    Found of(DeviceName name) {
        var holders = new ArrayList<String>();
        var ofMap = false;
        for (var part : parts(name).entrySet()) {
            var folder = part.getValue();
            for (var holder : tree.names(folder + "/holders")) {
                if (tree.text("sys/block/" + holder + "/dm/uuid").startsWith(OURS)) {
                    ofMap = true;
                } else {
                    holders.add(describe(holder) + " on " + part.getKey());
                }
            }
            var device = DevT.parse(tree.text(folder + "/dev"));
            mounts("/dev/" + part.getKey(), device.map(DevT::toString).orElse(""))
                    .forEach(mount -> holders.add("mounted on " + mount));
            if (isSwap("/dev/" + part.getKey())) {
                holders.add("swap on " + part.getKey());
            }
        }
        return new Found(List.copyOf(holders), ofMap);
    }

    /** The disk and its partitions, with their folders. */
    private Map<String, String> parts(DeviceName name) {
        var parts = new HashMap<String, String>();
        var block = "sys/block/" + name;
        parts.put(name.value(), block);
        for (var child : tree.names(block)) {
            if (child.startsWith(name.value()) && tree.exists(block + "/" + child + "/partition")) {
                parts.put(child, block + "/" + child);
            }
        }
        return parts;
    }

    private String describe(String holder) {
        var mapName = tree.text("sys/block/" + holder + "/dm/name");
        return mapName.isEmpty() ? holder : holder + " (" + mapName + ")";
    }

    /** Lines of mountinfo: id, parent, major:minor, root, mount point, options, optional fields, -, type, source. */
    private List<String> mounts(String node, String device) {
        var points = new ArrayList<String>();
        for (var line : tree.lines("proc/self/mountinfo")) {
            var words = line.split(" ", -1);
            var dash = List.of(words).indexOf("-");
            if (words.length > 5
                    && (words[2].equals(device)
                            || (dash > 0 && dash + 2 < words.length && words[dash + 2].equals(node)))) {
                points.add(words[4]);
            }
        }
        return points;
    }

    private boolean isSwap(String node) {
        return tree.lines("proc/swaps").stream()
                .anyMatch(line -> line.startsWith(node + " ") || line.startsWith(node + "\t"));
    }
}
