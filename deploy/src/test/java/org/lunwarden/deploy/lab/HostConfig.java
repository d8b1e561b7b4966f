package org.lunwarden.deploy.lab;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.TreeMap;

/**
 * Configuration of a daemon.
 *
 * @param hocon of the daemon itself
 * @param section of its multipath.conf that holds the keywords
 */
record HostConfig(String hocon, String section, Map<String, String> keywords) {

    HostConfig {
        keywords = Map.copyOf(keywords);
    }

    /** A daemon that keeps to itself, with the settings that the reference is given in lab/conf/oracle.conf. */
    static HostConfig likeTheReference() {
        return new HostConfig(
                "lunwarden.fleet.join = no\n",
                "defaults",
                Map.of(
                        "path_grouping_policy", "failover",
                        "path_checker", "tur",
                        "prio", "const",
                        "detect_prio", "no",
                        "failback", "immediate",
                        "no_path_retry", "queue"));
    }

    HostConfig with(String keyword, String value) {
        Map<String, String> changed = new TreeMap<>(keywords);
        changed.put(keyword, value);
        return new HostConfig(hocon, section, changed);
    }

    String multipathConf() {
        var lines = new TreeMap<>(keywords)
                .entrySet().stream()
                        .map(entry -> "\t" + entry.getKey() + " \"" + entry.getValue() + "\"\n")
                        .collect(joining());
        return """
                defaults {
                	user_friendly_names no
                	find_multipaths yes
                	polling_interval 1
                	max_polling_interval 1
                	fast_io_fail_tmo 1
                }
                """ + section + " {\n" + lines + "}\n";
    }
}
