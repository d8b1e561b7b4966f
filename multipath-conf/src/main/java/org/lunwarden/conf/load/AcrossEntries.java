package org.lunwarden.conf.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.lunwarden.conf.text.Position;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.HostKeywords;
import org.lunwarden.conf.value.Origin;
import org.lunwarden.conf.value.Setting;
import org.lunwarden.conf.value.Settings;

/** What is wrong with settings only beside each other, in one file or in several. */
final class AcrossEntries {

    private AcrossEntries() {}

    /** An alias that several units are to have: only one of them can. Told where the name stands again. */
    static List<Problem> aliases(List<Settings> multipaths) {
        Map<String, Setting<String>> ofUnits = new LinkedHashMap<>();
        multipaths.forEach(entry -> entry.value(EntryKeywords.WWID)
                .ifPresent(wwid -> entry.get(EntryKeywords.ALIAS).ifPresent(alias -> ofUnits.put(wwid, alias))));
        var problems = new ArrayList<Problem>();
        Map<String, String> first = new HashMap<>();
        ofUnits.forEach((wwid, alias) -> {
            var earlier = Optional.ofNullable(first.putIfAbsent(alias.value(), wwid));
            earlier.ifPresent(unit -> problems.add(Problem.error(
                    at(alias),
                    "alias \"" + alias.value() + "\" is that of unit " + unit + " too; only one map can have it",
                    "another alias")));
        });
        return problems;
    }

    /** What none of the files has by itself. */
    static List<Problem> of(List<FileContent> files, Settings defaults) {
        var known = files.stream()
                .flatMap(file -> file.problems().stream())
                .map(Problem::at)
                .toList();
        var problems = new ArrayList<>(aliases(
                files.stream().flatMap(file -> file.multipaths().stream()).toList()));
        var shortest = defaults.get(HostKeywords.POLLING_INTERVAL);
        var longest = defaults.get(HostKeywords.MAX_POLLING_INTERVAL);
        if (shortest.isPresent()
                && longest.isPresent()
                && shortest.get().value().compareTo(longest.get().value()) > 0) {
            problems.add(Problem.warning(
                    at(shortest.get()),
                    "polling_interval is more than max_polling_interval ("
                            + longest.get().origin() + "), taken as that",
                    ""));
        }
        problems.removeIf(problem -> known.contains(problem.at()));
        return problems;
    }

    private static Position at(Setting<?> setting) {
        return setting.origin() instanceof Origin.InFile(var at) ? at : new Position("", 1, 1);
    }
}
