package org.lunwarden.cli.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;

/**
 * Reads values and collects every problem instead of stopping at the first. A value that is wrong is read as the
 * default, so that reading can go on; whoever reads must look at {@link #problems} before using anything.
 */
final class ConfigReader {

    private final Config config;
    private final Config defaults;
    private final List<Problem> problems;

    /** @param config the file over the defaults; {@code defaults} has every key */
    ConfigReader(Config config, Config defaults) {
        this(config, defaults, new ArrayList<>());
    }

    private ConfigReader(Config config, Config defaults, List<Problem> problems) {
        this.config = config;
        this.defaults = defaults;
        this.problems = problems;
    }

    /** What free names are used in a section. */
    List<String> keys(String key) {
        return read(key, Config::getConfig).root().keySet().stream().sorted().toList();
    }

    /**
     * A section with a free name, which has the keys of a template; unknown ones are refused. Its problems are this
     * reader's, and it is told keys as they stand in the file. Empty when it is no section.
     */
    Optional<ConfigReader> section(String key, String template) {
        try {
            var own = config.getConfig(key);
            var known = defaults.getConfig(template).atPath(key);
            var section = new ConfigReader(
                    own.withFallback(config.getConfig(template)).atPath(key), known, problems);
            section.refuseUnknownKeys(own.atPath(key), key, List.of());
            return Optional.of(section);
        } catch (ConfigException.WrongType wrong) {
            problems.add(new Problem(where(wrong.origin()), key, inWords(wrong)));
            return Optional.empty();
        }
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** A text that {@code parse} understands; its word for what it expects is told otherwise. */
    <T> T text(String key, Function<String, Optional<T>> parse, String expected) {
        var text = read(key, Config::getString);
        return parse.apply(text).orElseGet(() -> {
            wrong(key, "'" + text + "' is not " + expected);
            return parse.apply(defaults.getString(key)).orElseThrow();
        });
    }

    String text(String key) {
        return read(key, Config::getString);
    }

    List<String> texts(String key) {
        return read(key, Config::getStringList);
    }

    boolean flag(String key) {
        return read(key, Config::getBoolean);
    }

    int number(String key, int least, int most) {
        var number = read(key, Config::getInt);
        if (number < least || number > most) {
            wrong(key, number + " is not a number from " + least + " to " + most);
            return defaults.getInt(key);
        }
        return number;
    }

    Duration duration(String key, Duration least, Duration most) {
        var duration = read(key, Config::getDuration);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            wrong(key, inWords(duration) + " is not between " + inWords(least) + " and " + inWords(most));
            return defaults.getDuration(key);
        }
        return duration;
    }

    /** Text values by free keys, for example names of things. */
    Map<String, String> names(String key) {
        var names = new TreeMap<String, String>();
        for (var entry : read(key, Config::getConfig).entrySet()) {
            names.put(
                    String.join(".", ConfigUtil.splitPath(entry.getKey())),
                    String.valueOf(entry.getValue().unwrapped()));
        }
        return names;
    }

    void wrong(String key, String what) {
        problems.add(new Problem(where(config.getValue(key).origin()), key, what));
    }

    /** A problem of another file that the configuration names. */
    void refuse(org.lunwarden.conf.text.Problem of) {
        var expected = of.expected().isEmpty() ? "" : "; expected " + of.expected();
        problems.add(new Problem(of.at().toString(), "", of.found() + expected));
    }

    /** Every key of the file that the defaults do not have, with the nearest one that they do. */
    void refuseUnknownKeys(Config file, String root, List<String> freeSections) {
        if (!file.hasPath(root)) {
            return;
        }
        for (var entry : file.getConfig(root).entrySet()) {
            var key = root + "." + entry.getKey();
            if (!defaults.hasPathOrNull(key) && freeSections.stream().noneMatch(free -> key.startsWith(free + "."))) {
                problems.add(new Problem(where(entry.getValue()), key, "no such key" + suggestion(key, root)));
            }
        }
    }

    /** What stands beside the root would be read by nobody: most likely the root is misspelt. */
    void refuseOtherRoots(Config file, String root) {
        for (var entry : file.root().entrySet()) {
            if (!entry.getKey().equals(root)) {
                problems.add(new Problem(
                        where(entry.getValue()), entry.getKey(), "no such key; everything stands in " + root + " { }"));
            }
        }
    }

    private String suggestion(String key, String root) {
        return defaults.getConfig(root).entrySet().stream()
                .map(entry -> root + "." + entry.getKey())
                .filter(known -> lastWord(known).equals(lastWord(key)) || distance(known, key) <= 3)
                .min((a, b) -> Integer.compare(distance(a, key), distance(b, key)))
                .map(known -> "; did you mean " + known + "?")
                .orElse("");
    }

    private static String lastWord(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private interface Getter<T> {
        T get(Config config, String key);
    }

    private <T> T read(String key, Getter<T> getter) {
        try {
            return getter.get(config, key);
        } catch (ConfigException.Missing | ConfigException.WrongType | ConfigException.BadValue wrong) {
            problems.add(new Problem(where(wrong.origin()), key, inWords(wrong)));
            return getter.get(defaults, key);
        }
    }

    /** Typesafe's messages begin with the origin, which a problem tells already. */
    private static String inWords(ConfigException wrong) {
        var message = String.valueOf(wrong.getMessage());
        var origin = wrong.origin() == null ? "" : wrong.origin().description() + ": ";
        return message.startsWith(origin) ? message.substring(origin.length()) : message;
    }

    private static String inWords(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static String where(ConfigValue value) {
        return where(value.origin());
    }

    static String where(ConfigOrigin origin) {
        var file = origin.filename() == null ? origin.description() : origin.filename();
        return origin.lineNumber() < 0 ? file : file + ":" + origin.lineNumber();
    }
}
