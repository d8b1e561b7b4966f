package org.lunwarden.cli.diagnose;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A point in time as a person or a script gives it: Unix milliseconds or ISO 8601, in UTC where it names no offset.
 *
 * @param millis since 1970
 */
record When(long millis) {

    static final class Converter implements ITypeConverter<When> {

        private static final List<Function<String, Instant>> FORMS = List.of(
                text -> Instant.ofEpochMilli(Long.parseLong(text)),
                Instant::parse,
                text -> OffsetDateTime.parse(text).toInstant(),
                text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
                text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

        @Override
        public When convert(String text) {
            for (var form : FORMS) {
                var millis = read(form, text);
                if (millis.isPresent()) {
                    return new When(millis.getAsLong());
                }
            }
            throw new TypeConversionException(
                    "'" + text + "' is neither Unix milliseconds nor a time such as 2026-03-01T10:00:00Z");
        }

        private static OptionalLong read(Function<String, Instant> form, String text) {
            try {
                return OptionalLong.of(form.apply(text).toEpochMilli());
            } catch (DateTimeException | NumberFormatException | ArithmeticException another) {
                return OptionalLong.empty();
            }
        }
    }
}
