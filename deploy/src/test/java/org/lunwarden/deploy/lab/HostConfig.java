package org.lunwarden.deploy.lab;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.TreeMap;

/** Configuration of a daemon that keeps to itself, with the settings that the reference is given in lab/conf/oracle.conf. */
record HostConfig(Map<String, String> multipath) {

    HostConfig {
        multipath = Map.copyOf(multipath);
    }

    static HostConfig likeTheReference() {
        return new HostConfig(Map.of(
                "polling_interval", "1",
                "max_polling_interval", "1",
                "path_grouping_policy", "failover",
                "path_checker", "tur",
                "prio", "const",
                "detect_prio", "no",
                "failback", "immediate",
                "no_path_retry", "queue"));
    }

    HostConfig with(String keyword, String value) {
        Map<String, String> changed = new TreeMap<>(multipath);
        changed.put(keyword, value);
        return new HostConfig(changed);
    }

    String hocon() {
        return multipath.entrySet().stream()
                .map(entry -> "lunwarden.multipath." + entry.getKey() + " = \"" + entry.getValue() + "\"\n")
                .sorted()
                .collect(joining("", "", "lunwarden.fleet.join = no\n"));
    }
}
