package org.lunwarden.conf.value;

import java.math.BigInteger;
import java.time.Duration;
import java.util.regex.Pattern;

import org.lunwarden.model.settings.OffOr;

/** Types of numbers. One with a sign may have blanks around it and is capped when it is out of range. */
final class Numbers {

    /** Longest {@code dev_loss_tmo}, written {@code infinity}. */
    static final Duration INFINITE = Duration.ofSeconds(0xffff_ffffL);

    private static final Pattern SIGNED = Pattern.compile("\\s*[+-]?\\d+\\s*");
    private static final Pattern UNSIGNED = Pattern.compile("\\d+");
    private static final Pattern LEADING = Pattern.compile("\\s*([+-]?\\d+)(.*)", Pattern.DOTALL);
    private static final BigInteger LARGEST_UNSIGNED = BigInteger.valueOf(INFINITE.toSeconds());

    static final ValueType<Duration> SECONDS =
            new ValueType<>("seconds, digits only", Numbers::seconds, Numbers::writeSeconds);

    /** 0 stands for the default. */
    static final ValueType<Duration> TIMEOUT = new ValueType<>(
            "seconds",
            text -> integer(text, 0, Integer.MAX_VALUE)
                    .flatMap(number ->
                            number == 0 ? new Value.Unset<>() : new Value.Stored<>(Duration.ofSeconds(number))),
            Numbers::writeSeconds);

    static final ValueType<Duration> DEV_LOSS =
            new ValueType<>("seconds or infinity", Numbers::devLoss, Numbers::writeDevLoss);

    /** 0 is written {@code no}. */
    static final ValueType<Integer> NO_OR_NUMBER = new ValueType<>(
            "no or a number of 1 or more",
            text -> text.equals("no") || text.equals("0") ? new Value.Stored<>(0) : integer(text, 1, Integer.MAX_VALUE),
            number -> number == 0 ? ValueType.quoted("no") : Integer.toString(number));

    /** The largest number is written {@code max}. */
    static final ValueType<Integer> MAX_OR_NUMBER = new ValueType<>(
            "max or a number",
            text -> text.equals("max") ? new Value.Stored<>(Integer.MAX_VALUE) : integer(text, 0, Integer.MAX_VALUE),
            number -> number == Integer.MAX_VALUE ? ValueType.quoted("max") : Integer.toString(number));

    static final ValueType<Integer> MODE =
            new ValueType<>("an octal mode up to 0777", Numbers::mode, mode -> "0" + Integer.toOctalString(mode));

    private Numbers() {}

    static ValueType<Integer> from(int least, int most) {
        return new ValueType<>(
                "a number from " + least + " to " + most,
                text -> integer(text, least, most),
                number -> Integer.toString(number));
    }

    /** Like {@link #from}; 0 stands for the default. */
    static ValueType<Integer> fromButZero(int least, int most) {
        return new ValueType<>(
                "a number",
                text -> integer(text, least, most)
                        .flatMap(number -> number == 0 ? new Value.Unset<>() : new Value.Stored<>(number)),
                number -> Integer.toString(number));
    }

    static ValueType<Duration> seconds(int least) {
        return new ValueType<>(
                "seconds",
                text -> integer(text, least, Integer.MAX_VALUE).map(Duration::ofSeconds),
                Numbers::writeSeconds);
    }

    static ValueType<Duration> milliseconds(int least) {
        return new ValueType<>(
                "milliseconds, " + least + " or more",
                text -> integer(text, least, Integer.MAX_VALUE).map(Duration::ofMillis),
                duration -> Long.toString(duration.toMillis()));
    }

    /** {@code off}, 0, or up to {@code most}; what is less than 0 is taken as 1. */
    static ValueType<OffOr> offOr(int most) {
        return new ValueType<>(
                "off or a number",
                text -> switch (text) {
                    case "off" -> new Value.Stored<>(new OffOr.Off());
                    case "0" -> new Value.Stored<>(new OffOr.Number(0));
                    default -> integer(text, 1, most).map(OffOr.Number::new);
                },
                value -> switch (value) {
                    case OffOr.Off() -> "off";
                    case OffOr.Number(var number) -> Integer.toString(number);
                });
    }

    static Value<Integer> integer(String text, int least, int most) {
        if (!SIGNED.matcher(text).matches()) {
            return new Value.Rejected<>("not a number");
        }
        var number = new BigInteger(text.strip());
        if (number.compareTo(BigInteger.valueOf(least)) < 0) {
            return new Value.Doubtful<>(least, "less than " + least + ", taken as that");
        }
        if (number.compareTo(BigInteger.valueOf(most)) > 0) {
            return new Value.Doubtful<>(most, "more than " + most + ", taken as that");
        }
        return new Value.Stored<>(number.intValueExact());
    }

    private static Value<Duration> seconds(String text) {
        if (!UNSIGNED.matcher(text).matches()) {
            return new Value.Rejected<>("not a number of seconds");
        }
        var number = new BigInteger(text);
        if (number.compareTo(LARGEST_UNSIGNED) > 0) {
            return new Value.Rejected<>("too large");
        }
        return number.signum() == 0
                ? new Value.Unset<>("no pause between checks, the default holds")
                : new Value.Stored<>(Duration.ofSeconds(number.longValue()));
    }

    /** As the reference reads it: what follows the digits is left out, what is less than 0 is without end. */
    private static Value<Duration> devLoss(String text) {
        if (text.equals("infinity")) {
            return new Value.Stored<>(INFINITE);
        }
        var parts = LEADING.matcher(text);
        if (!parts.matches()) {
            return new Value.Rejected<>("not a number of seconds");
        }
        var number = new BigInteger(parts.group(1));
        if (number.signum() < 0 || number.compareTo(LARGEST_UNSIGNED) > 0) {
            return new Value.Doubtful<>(INFINITE, "out of range, taken as infinity");
        }
        var seconds = Duration.ofSeconds(number.longValue());
        if (seconds.isZero()) {
            return new Value.Unset<>();
        }
        return parts.group(2).isBlank()
                ? new Value.Stored<>(seconds)
                : new Value.Doubtful<>(seconds, "taken as " + number + " seconds");
    }

    private static String writeDevLoss(Duration duration) {
        return duration.equals(INFINITE) ? ValueType.quoted("infinity") : writeSeconds(duration);
    }

    private static String writeSeconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    private static Value<Integer> mode(String text) {
        return text.matches("0*[0-7]{1,3}")
                ? new Value.Stored<>(Integer.parseInt(text, 8))
                : new Value.Rejected<>("not an octal mode");
    }
}
