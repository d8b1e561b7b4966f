package org.lunwarden.deploy.lab;

import java.util.List;
import java.util.regex.Pattern;

/** What a guest's kernel holds of multipath maps. */
record GuestMaps(Guest guest) {
    private static final Pattern ONE_PATH = Pattern.compile(" service-time 0 1 2 (\\S+) 1 1");

    /** The tables of all maps, a line each. */
    String tables() {
        return guest.run("dmsetup table --target multipath | sort").output();
    }

    /** Such as {@code Active:Live}. */
    String state(String map) {
        return guest.run("dmsetup info -c --noheadings -o suspended,tables_loaded " + map)
                .line();
    }

    /** major:minor of the path in the first group. */
    String firstPath(String map) {
        return guest.run("dmsetup table " + map + " | grep -o '[0-9]*:[0-9]* 1 1' | head -1 | cut -d' ' -f1")
                .line();
    }

    /** Tables whose groups are of one path each, with these in one order: that of discovery begins anew with a daemon. */
    static List<String> inAnyOrder(String tables) {
        return tables.lines()
                .map(line -> line.replaceAll(" service-time 0 1 2 \\S+ 1 1", "")
                        + ONE_PATH.matcher(line)
                                .results()
                                .map(path -> path.group(1))
                                .sorted()
                                .toList())
                .toList();
    }
}
