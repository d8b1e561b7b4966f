package org.lunwarden.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.lunwarden.model.DevT;
import org.lunwarden.model.map.MapTopology;

/** Puts into words what became of a map from one picture to the next. Pure. */
final class MapNews {

    private MapNews() {}

    static List<String> between(Optional<MapTopology> before, MapTopology now) {
        return before.map(was -> changes(was, now))
                .orElseGet(() -> List.of("map " + now.name() + " is " + now.device() + " with "
                        + members(now).size() + " paths in " + now.groups().size() + " groups"));
    }

    private static List<String> changes(MapTopology was, MapTopology now) {
        var news = new ArrayList<String>();
        changed(news, "name", was.name(), now.name());
        changed(news, "sectors", was.sizeSectors(), now.sizeSectors());
        changed(news, "read-only", was.readOnly(), now.readOnly());
        changed(news, "features", was.features(), now.features());
        changed(news, "queueing", was.queueing(), now.queueing());
        changed(news, "group in use", was.nextGroup(), now.nextGroup());
        var left = members(was);
        members(now).forEach((device, path) -> {
            var old = left.remove(device);
            if (old == null) {
                news.add("path " + path.hctl() + " " + path.name() + " added");
            } else if (!old.kernelActive().equals(path.kernelActive())) {
                news.add("path " + path.hctl() + " " + path.name() + " "
                        + path.kernelActive()
                                .map(active -> active ? "active" : "failed")
                                .orElse("unknown")
                        + " in the kernel");
            }
        });
        left.values().forEach(path -> news.add("path " + path.hctl() + " " + path.name() + " dropped"));
        return news;
    }

    private static void changed(List<String> news, String what, Object was, Object now) {
        if (!was.equals(now)) {
            news.add(what + " " + was + " -> " + now);
        }
    }

    private static Map<DevT, MapTopology.Path> members(MapTopology map) {
        var members = new TreeMap<DevT, MapTopology.Path>();
        map.groups().forEach(group -> group.paths().forEach(path -> members.put(path.device(), path)));
        return members;
    }
}
