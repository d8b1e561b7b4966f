package org.lunwarden.deploy.differential;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A printed configuration as its parts, in their order.
 *
 * @param parts a keyword with its section, such as {@code defaults: verbosity 2}, or a whole block of a device, map or
 *     protocol in one line, such as {@code devices: device vendor "IBM" product "2145"}
 */
record ConfigDump(List<String> parts) {

    ConfigDump {
        parts = List.copyOf(parts);
    }

    /** Of text in the layout of {@code multipath -t}: a bracket ends or begins each section and block. */
    static ConfigDump of(String text) {
        List<String> parts = new ArrayList<>();
        String section = "";
        StringBuilder block = new StringBuilder();
        boolean inBlock = false;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.endsWith("{") && section.isEmpty()) {
                section = line.substring(0, line.length() - 1).strip();
            } else if (line.endsWith("{")) {
                inBlock = true;
                block.append(line, 0, line.length() - 1);
            } else if (line.equals("}") && inBlock) {
                parts.add(section + ": " + block.toString().strip());
                block.setLength(0);
                inBlock = false;
            } else if (line.equals("}")) {
                section = "";
            } else if (inBlock) {
                block.append(line).append(' ');
            } else if (!line.isEmpty()) {
                parts.add(section + ": " + line);
            }
        }
        return new ConfigDump(parts);
    }

    /** The parts by their sections. */
    Map<String, List<String>> sections() {
        return parts.stream().collect(groupingBy(part -> part.substring(0, part.indexOf(": "))));
    }

    /** What is here and not in {@code other}, each part as often as it is here more. */
    ConfigDump without(ConfigDump other) {
        Map<String, Integer> known = new HashMap<>();
        other.parts.forEach(part -> known.merge(part, 1, Integer::sum));
        return new ConfigDump(parts.stream()
                .filter(part -> known.merge(part, -1, Integer::sum) < 0)
                .toList());
    }

    /** Without the parts of {@code other} that stand in one section. */
    ConfigDump withoutSection(String section, ConfigDump other) {
        return without(new ConfigDump(other.parts.stream()
                .filter(part -> part.startsWith(section + ": "))
                .toList()));
    }
}
