package org.lunwarden.conf.value;

import java.time.Duration;
import java.util.regex.Pattern;

import org.lunwarden.model.settings.Failback;
import org.lunwarden.model.settings.NoPathRetry;

/** Types of values that are words or numbers and mean more than either. */
final class Policies {

    private static final Pattern KEY = Pattern.compile("(?:0[xX])?([0-9a-fA-F]{1,16})(:.*)?");
    private static final String THROUGH_POWER_LOSS = ":aptpl";

    static final ValueType<NoPathRetry> NO_PATH_RETRY = new ValueType<>(
            "fail, queue or a number of checks",
            text -> switch (text) {
                case "fail", "0" -> new Value.Stored<>(new NoPathRetry.Fail());
                case "queue" -> new Value.Stored<>(new NoPathRetry.Queue());
                default -> Numbers.integer(text, 1, Integer.MAX_VALUE).map(NoPathRetry.Retry::new);
            },
            value -> switch (value) {
                case NoPathRetry.Fail() -> ValueType.quoted("fail");
                case NoPathRetry.Queue() -> ValueType.quoted("queue");
                case NoPathRetry.Retry(var polls) -> Integer.toString(polls);
                case NoPathRetry.AsItIs() -> throw new IllegalArgumentException("no word says so");
            });

    /** 0 stands for nothing said. */
    static final ValueType<Failback> FAILBACK = new ValueType<>(
            "manual, immediate, followover or seconds",
            text -> switch (text) {
                case "manual" -> new Value.Stored<>(new Failback.Manual());
                case "immediate" -> new Value.Stored<>(new Failback.Immediate());
                case "followover" -> new Value.Stored<>(new Failback.Followover());
                default ->
                    Numbers.integer(text, 0, Integer.MAX_VALUE)
                            .flatMap(delay -> delay == 0
                                    ? new Value.Unset<>()
                                    : new Value.Stored<>(new Failback.Deferred(Duration.ofSeconds(delay))));
            },
            value -> switch (value) {
                case Failback.Manual() -> ValueType.quoted("manual");
                case Failback.Immediate() -> ValueType.quoted("immediate");
                case Failback.Followover() -> ValueType.quoted("followover");
                case Failback.Deferred(var delay) -> Long.toString(delay.toSeconds());
            });

    static final ValueType<ReservationKey> RESERVATION_KEY = new ValueType<>(
            "file, or up to 16 hexadecimal digits, with :aptpl behind them where it is wanted",
            Policies::reservationKey,
            value -> switch (value) {
                case ReservationKey.FromFile() -> ValueType.quoted("file");
                case ReservationKey.Key(var key, var throughPowerLoss) ->
                    "0x" + Long.toHexString(key) + (throughPowerLoss ? THROUGH_POWER_LOSS : "");
            });

    private Policies() {}

    private static Value<ReservationKey> reservationKey(String text) {
        if (text.equals("file")) {
            return new Value.Stored<>(new ReservationKey.FromFile());
        }
        var parts = KEY.matcher(text);
        if (!parts.matches() || text.equals("0") || text.startsWith("0:")) {
            return new Value.Fatal<>("no reservation key");
        }
        var key = Long.parseUnsignedLong(parts.group(1), 16);
        var rest = parts.group(2);
        return rest == null || rest.equals(THROUGH_POWER_LOSS)
                ? new Value.Stored<>(new ReservationKey.Key(key, rest != null))
                : new Value.Doubtful<>(new ReservationKey.Key(key, false), rest + " is ignored");
    }
}
