package org.lunwarden.node.names;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A file of one entry a line that hands edit, too: whatever else they wrote stays as it is. */
record EditedText(String text) {

    List<String> lines() {
        return List.of(text.split("\n", -1));
    }

    /** Lines that are neither an entry nor a comment nor blank, counted from 1. */
    List<Integer> spoilt(Predicate<String> isEntry) {
        var spoilt = new ArrayList<Integer>();
        var number = 0;
        for (var line : lines()) {
            number++;
            var content = line.strip();
            if (!content.isEmpty() && !content.startsWith("#") && !isEntry.test(line)) {
                spoilt.add(number);
            }
        }
        return spoilt;
    }

    /** In place of each line that goes stands a comment as long, as the reference leaves it. */
    EditedText without(Predicate<String> goes) {
        return new EditedText(String.join(
                "\n",
                lines().stream()
                        .map(line -> goes.test(line) ? "#".repeat(line.length()) : line)
                        .toList()));
    }

    /** @param header stands before them when the file is empty */
    EditedText with(String header, List<String> more) {
        var before = text.isEmpty() ? header : text.endsWith("\n") ? text : text + "\n";
        return new EditedText(before + String.join("\n", more) + "\n");
    }
}
