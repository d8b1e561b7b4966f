package org.lunwarden.cli;

import java.time.Duration;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time on a command line: {@code 90m}, {@code 2h}, {@code 3d}. */
final class Span implements ITypeConverter<Duration> {

    private static final Pattern WORD = Pattern.compile("(\\d{1,5})(s|m|h|d)");

    @Override
    public Duration convert(String word) {
        var parts = WORD.matcher(word);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) == 0) {
            throw new TypeConversionException("'" + word + "' is no length of time, such as 90m, 2h or 3d");
        }
        var count = Integer.parseInt(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
