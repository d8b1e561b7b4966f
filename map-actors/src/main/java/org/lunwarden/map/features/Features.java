package org.lunwarden.map.features;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The features of a map as its table has them: how many words follow, and the words.
 *
 * <pre>
 * features := count (blank+ word)*          for example  3 queue_if_no_path queue_mode bio
 * </pre>
 *
 * <p>What is edited keeps every other blank as it was. A feature is one word or more. Pure.
 *
 * @param text empty when nothing was said of features
 */
public record Features(String text) {

    public static final Features NONE = new Features("");

    private static final Features ALL_REMOVED = new Features("0");
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}(?=\\s|$)");
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern QUEUE_MODE = Pattern.compile("(?<=\\s)queue_mode\\s+(\\S+)");
    private static final String BIO_WORDS = "queue_mode bio";

    /** @param features with the mode that was asked for, or else the one that they had */
    public record Reconciled(Features features, QueueMode mode) {}

    public static Features of(List<String> words) {
        return new Features(words.stream()
                .map(word -> " " + word)
                .collect(Collectors.joining("", Integer.toString(words.size()), "")));
    }

    /** All words but the count. */
    public List<String> words() {
        return WORD.matcher(text).results().skip(1).map(MatchResult::group).toList();
    }

    /**
     * With a feature; the same when it is there already, or when it is empty. Empty when the feature begins or ends with a
     * blank, or when these features have no count.
     */
    public Optional<Features> with(String feature) {
        if (feature.isEmpty()) {
            return Optional.of(this);
        }
        if (!isWhole(feature)) {
            return Optional.empty();
        }
        var added = words(feature);
        if (text.isEmpty()) {
            return Optional.of(new Features(added + " " + feature));
        }
        if (occurrence(feature).isPresent()) {
            return Optional.of(this);
        }
        return count().map(count -> new Features(count + added + afterCount() + " " + feature));
    }

    /**
     * Without a feature; the same when it is not there, or when it is empty. Empty when it begins or ends with a blank,
     * when these features have no count, and when there were none.
     */
    public Optional<Features> without(String feature) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (feature.isEmpty()) {
            return Optional.of(this);
        }
        if (!isWhole(feature)) {
            return Optional.empty();
        }
        var found = occurrence(feature);
        return found.isEmpty() ? Optional.of(this) : without(found.getAsInt(), feature);
    }

    /**
     * Brings the features and the mode that a map needs into agreement. The mode asked for wins over the features, and
     * without one they decide. A mode that the kernel does not know is dropped; a feature without its mode is left alone,
     * since it may be a word of something else.
     */
    public Reconciled reconciledWith(QueueMode wanted) {
        var said = QUEUE_MODE.matcher(text);
        if (!said.find()) {
            return new Reconciled(wanted == QueueMode.BIO ? with(BIO_WORDS).orElse(this) : this, wanted);
        }
        var mode = QueueMode.parse(said.group(1));
        if (mode.isPresent() && (wanted == QueueMode.UNSET || wanted == mode.get())) {
            return new Reconciled(this, mode.get());
        }
        var other = without(said.group()).orElse(this);
        return new Reconciled(wanted == QueueMode.BIO ? other.with(BIO_WORDS).orElse(other) : other, wanted);
    }

    private Optional<Features> without(int at, String feature) {
        var left = count().map(count -> count - words(feature));
        var begin = text.length() - afterCount().length();
        if (left.isEmpty() || left.get() < 0 || at < begin) {
            return Optional.empty();
        }
        if (left.get() == 0) {
            return Optional.of(ALL_REMOVED);
        }
        var rest = text.substring(begin, at)
                + text.substring(at + feature.length()).stripLeading();
        return Optional.of(new Features(left.get() + rest.stripTrailing()));
    }

    private Optional<Integer> count() {
        var count = COUNT.matcher(text);
        return count.lookingAt() ? Optional.of(Integer.valueOf(count.group())) : Optional.empty();
    }

    private String afterCount() {
        var count = COUNT.matcher(text);
        return count.lookingAt() ? text.substring(count.end()) : text;
    }

    /** Where the feature's words stand, blanks between them included. */
    private OptionalInt occurrence(String feature) {
        var found =
                Pattern.compile("(?<!\\S)" + Pattern.quote(feature) + "(?!\\S)").matcher(text);
        return found.find() ? OptionalInt.of(found.start()) : OptionalInt.empty();
    }

    private static boolean isWhole(String feature) {
        return !Character.isWhitespace(feature.charAt(0))
                && !Character.isWhitespace(feature.charAt(feature.length() - 1));
    }

    private static int words(String feature) {
        return (int) WORD.matcher(feature).results().count();
    }
}
