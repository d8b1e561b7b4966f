package org.lunwarden.conf.load;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.lunwarden.conf.regex.Ere;
import org.lunwarden.conf.regex.InvertibleEre;
import org.lunwarden.conf.text.Position;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.text.Severity;
import org.lunwarden.conf.text.Statement.Block;
import org.lunwarden.conf.value.EntryKeywords;
import org.lunwarden.conf.value.HostKeywords;
import org.lunwarden.conf.value.MapKeywords;
import org.lunwarden.conf.value.Origin;
import org.lunwarden.conf.value.PathKeywords;
import org.lunwarden.conf.value.Setting;
import org.lunwarden.conf.value.Settings;
import org.lunwarden.model.settings.PrioArguments;
import org.lunwarden.model.settings.PrioKind;

/** Warns of what was said rightly and has no effect beside the rest of its section. */
final class EntryCheck {

    private EntryCheck() {}

    static Settings checked(Block block, Settings settings, List<Problem> problems) {
        settings.get(PathKeywords.PRIO_ARGS).ifPresent(args -> {
            // another entry for the same device may set the prio
            if (settings.get(PathKeywords.PRIO).isEmpty()
                    && !args.value().isEmpty()
                    && block.section() != Section.DEVICE) {
                problems.add(Problem.warning(
                        at(block, args), "prio_args has no effect without prio in the same section", "prio"));
            }
        });
        settings.get(PathKeywords.PRIO)
                .flatMap(prio -> kind(prio.value()).flatMap(kind -> complaint(kind, prio, settings, block)))
                .ifPresent(problems::add);
        if (settings.value(PathKeywords.PRIO)
                .filter(PrioKind.WEIGHTEDPATH.word()::equals)
                .isPresent()) {
            settings.get(PathKeywords.PRIO_ARGS).ifPresent(args -> problems.addAll(malformed(args, at(block, args))));
        }
        settings.get(EntryKeywords.PRODUCT_BLACKLIST)
                .filter(products -> settings.value(EntryKeywords.VENDOR)
                        .filter(vendor -> InvertibleEre.parse(vendor) instanceof InvertibleEre.Parsed.Malformed)
                        .isPresent())
                .ifPresent(products -> problems.add(new Problem(
                        at(block, products),
                        Severity.FATAL,
                        "product_blacklist beside a vendor that is malformed would let disks in that are to be left alone",
                        "")));
        settings.get(MapKeywords.FEATURES).ifPresent(features -> {
            if (features.value().contains("queue_if_no_path")) {
                problems.add(Problem.warning(
                        at(block, features),
                        "queue_if_no_path is outdated, and taken only where no_path_retry is not set",
                        "no_path_retry queue"));
            }
        });
        var shortest = settings.get(HostKeywords.POLLING_INTERVAL);
        var longest = settings.value(HostKeywords.MAX_POLLING_INTERVAL);
        if (shortest.isPresent()
                && longest.isPresent()
                && shortest.get().value().compareTo(longest.get()) > 0) {
            problems.add(Problem.warning(
                    at(block, shortest.get()),
                    "polling_interval is more than max_polling_interval, taken as that",
                    ""));
        }
        return settings;
    }

    /** Of the expressions of weightedpath, which stand before each number. */
    private static List<Problem> malformed(Setting<String> args, Position at) {
        return PrioArguments.expressions(args.value()).stream()
                .flatMap(text -> Ere.parse(text) instanceof Ere.Parsed.Malformed(var where, var problem)
                        ? Stream.of(Problem.error(
                                at,
                                "weightedpath \"" + text + "\": matches nothing: " + problem + " at character "
                                        + (where + 1),
                                "a POSIX extended regular expression"))
                        : Stream.<Problem>of())
                .toList();
    }

    /** In an entry for a device another one may have the arguments. */
    private static Optional<Problem> complaint(PrioKind kind, Setting<String> prio, Settings settings, Block block) {
        var args = settings.get(PathKeywords.PRIO_ARGS);
        return args.isEmpty() && block.section() == Section.DEVICE
                ? Optional.empty()
                : PrioArguments.complaint(kind, args.map(Setting::value).orElse(""))
                        .map(words -> Problem.warning(at(block, args.orElse(prio)), words, ""));
    }

    private static Optional<PrioKind> kind(String word) {
        return Arrays.stream(PrioKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst();
    }

    private static Position at(Block block, Setting<?> setting) {
        return setting.origin() instanceof Origin.InFile(var at) ? at : block.at();
    }
}
