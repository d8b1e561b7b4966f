package org.lunwarden.fleet.channel;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

import org.lunwarden.fleet.alert.Notification;

/**
 * A notification as a line of syslog.
 * <pre>
 * &lt;PRI&gt;1 TIMESTAMP HOST lunwarden - MSGID [lunwarden@32473 id="…" incident="…" …] BOM TEXT
 * </pre>
 * MSGID is {@code FIRING}, {@code UPDATED} or {@code RESOLVED}; the structured datum {@code id} tells a repeat from another.
 * 32473 is the enterprise number that is kept for examples (RFC 5612).
 *
 * <p>Source: RFC 5424, section 6.
 */
final class SyslogMessage {

    private SyslogMessage() {}

    static byte[] of(Notification told, int facility, String host) {
        var line = new StringBuilder();
        line.append('<').append(facility * 8 + severity(told)).append(">1 ");
        line.append(told.at().truncatedTo(ChronoUnit.MILLIS)).append(' ');
        line.append(header(host, 255))
                .append(" lunwarden - ")
                .append(told.kind().name());
        line.append(" [lunwarden@32473");
        datum(line, "id", told.id());
        told.labels().forEach((name, value) -> {
            if (!name.equals("alertname")) {
                datum(line, name, value);
            }
        });
        datum(line, "url", told.url());
        line.append("] \uFEFF").append(text(told.summary() + ". " + told.description()));
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Cut so that no character is. */
    static byte[] atMost(byte[] message, int bytes) {
        if (message.length <= bytes) {
            return message;
        }
        var end = bytes;
        while (end > 0 && (message[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(message, end);
    }

    /** Critical, error, warning; notice for what is over. */
    private static int severity(Notification told) {
        if (told.isResolved()) {
            return 5;
        }
        return switch (told.severity()) {
            case CRITICAL -> 2;
            case ERROR -> 3;
            case WARNING -> 4;
        };
    }

    private static String header(String text, int longest) {
        var printable = text.replaceAll("[^\\x21-\\x7e]", "");
        return printable.isEmpty() ? "-" : printable.substring(0, Math.min(longest, printable.length()));
    }

    private static void datum(StringBuilder line, String name, String value) {
        if (!value.isEmpty()) {
            line.append(' ')
                    .append(name)
                    .append("=\"")
                    .append(text(value)
                            .replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("]", "\\]"))
                    .append('"');
        }
    }

    /** In one line, without what a terminal may obey. */
    private static String text(String text) {
        return text.replaceAll("[\\p{Cntrl}]+", " ");
    }
}
