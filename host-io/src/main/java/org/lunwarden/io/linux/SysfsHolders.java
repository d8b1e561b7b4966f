package org.lunwarden.io.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.lunwarden.io.BlockDevices.Holders;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.model.Wwid;

/** Finds in sysfs and proc who uses a disk or a partition of it. */
record SysfsHolders(SysfsTree tree) {

    /** @return the dm devices among the others */
    private Set<String> stacked(String part, String folder, List<String> others, Set<Wwid> maps) {
        var dm = new HashSet<String>();
        for (var holder : tree.names(folder + "/holders")) {
            var what = describe(holder) + " on " + part;
            Wwid.ofMap(tree.text("sys/block/" + holder + "/dm/uuid"))
                    .ifPresentOrElse(maps::add, () -> others.add(what));
            if (others.contains(what) && holder.startsWith("dm-")) {
                dm.add(what);
            }
        }
        return dm;
    }

    /** Without opening it. */
    Holders of(DeviceName name) {
        var others = new ArrayList<String>();
        var maps = new HashSet<Wwid>();
        var onDisk = new HashSet<String>();
        for (var part : parts(name).entrySet()) {
            var folder = part.getValue();
            var dm = stacked(part.getKey(), folder, others, maps);
            if (part.getKey().equals(name.value())) {
                onDisk.addAll(dm);
            }
            var device = DevT.parse(tree.text(folder + "/dev"));
            mounts("/dev/" + part.getKey(), device.map(DevT::toString).orElse(""))
                    .forEach(mount -> others.add("mounted on " + mount));
            if (isSwap("/dev/" + part.getKey())) {
                others.add("swap on " + part.getKey());
            }
        }
        return new Holders(others, maps, onDisk, false);
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
