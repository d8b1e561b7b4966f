package org.lunwarden.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A SCSI device's address on a host: host, channel, target and LUN, written {@code 2:0:1:5}. */
public record Hctl(int host, int channel, int target, long lun) implements Comparable<Hctl> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}):(\\d{1,9}):(\\d{1,9}):(\\d{1,18})");
    private static final Comparator<Hctl> ORDER = Comparator.comparingInt(Hctl::host)
            .thenComparingInt(Hctl::channel)
            .thenComparingInt(Hctl::target)
            .thenComparingLong(Hctl::lun);

    /** Reads {@code host:channel:target:lun}, all decimal; empty for anything else. */
    public static Optional<Hctl> parse(String text) {
        var match = TEXT.matcher(text);
        return match.matches()
                ? Optional.of(new Hctl(
                        Integer.parseInt(match.group(1)),
                        Integer.parseInt(match.group(2)),
                        Integer.parseInt(match.group(3)),
                        Long.parseLong(match.group(4))))
                : Optional.empty();
    }

    /** The LUN as the eight bytes that SAM-5 4.7 has, in hex: the kernel counts their pairs from the low end. */
    public String lunText() {
        var bytes = (lun & 0xffffL) << 48 | (lun >>> 16 & 0xffffL) << 32 | (lun >>> 32 & 0xffffL) << 16 | lun >>> 48;
        return "0x%016x".formatted(bytes);
    }

    @JsonCreator
    static Hctl fromJson(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("not host:channel:target:lun: " + text));
    }

    @Override
    public int compareTo(Hctl other) {
        return ORDER.compare(this, other);
    }

    @Override
    @JsonValue
    public String toString() {
        return host + ":" + channel + ":" + target + ":" + lun;
    }
}
