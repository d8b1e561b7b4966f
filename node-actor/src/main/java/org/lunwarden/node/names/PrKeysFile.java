package org.lunwarden.node.names;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.lunwarden.conf.value.ReservationKey;
import org.lunwarden.model.Wwid;

/**
 * With which key the paths of a map are registered for persistent reservations: the {@code prkeys} file, which holds for
 * maps whose {@code reservation_key} is {@code file}.
 *
 * <pre>
 * file := line*
 * line := [key blank+ wwid] [# comment]
 * key  := (0x | 0X) hex digits          1 to 16 of them, not all 0; 0X: the registration outlives a loss of power
 * </pre>
 *
 * <p>What is edited keeps all other lines, those too that a hand has spoilt; a key that is taken out leaves a line of
 * {@code #} of the same length. Of two keys for one WWID the first holds.
 *
 * @param text of the file; empty when there is none
 */
public record PrKeysFile(String text) {

    private static final Pattern ENTRY = Pattern.compile("\\s*0([xX])([0-9a-fA-F]{1,16})[ \\t]+([^\\s#]+)\\s*(?:#.*)?");

    /** Seven lines, as many as the other files of its kind have. */
    private static final String HEADER = """
            # Keys of persistent reservations, version : 1.0
            # A daemon keeps this file: it writes the key with which the paths of a map
            # are registered, and leaves what else stands in it as it is.
            #
            # Each line gives a key, with 0X when it outlives a loss of power, and a WWID:
            # 0xkey wwid
            #
            """;

    private record Entry(Wwid wwid, ReservationKey.Key key) {}

    /** In the order of the file. */
    public Map<Wwid, ReservationKey.Key> keys() {
        var keys = new LinkedHashMap<Wwid, ReservationKey.Key>();
        new EditedText(text)
                .lines()
                .forEach(line -> entry(line).ifPresent(entry -> keys.putIfAbsent(entry.wwid(), entry.key())));
        return Collections.unmodifiableMap(keys);
    }

    /** Lines that are neither a key nor a comment, counted from 1. */
    public List<Integer> spoiltLines() {
        return new EditedText(text).spoilt(line -> entry(line).isPresent());
    }

    /**
     * The same when the map has that key already; another key of it is taken out.
     *
     * @throws IllegalArgumentException for a key of 0, which stands for none, and for a WWID that a line cannot hold
     */
    public PrKeysFile with(Wwid wwid, ReservationKey.Key key) {
        if (key.equals(keys().get(wwid))) {
            return this;
        }
        var line = line(wwid, key);
        if (entry(line).isEmpty()) {
            throw new IllegalArgumentException("no line of prkeys: '" + line + "'");
        }
        return new PrKeysFile(
                new EditedText(without(wwid).text()).with(HEADER, List.of(line)).text());
    }

    /** The same when the map has no key. */
    public PrKeysFile without(Wwid wwid) {
        return new PrKeysFile(new EditedText(text)
                .without(line ->
                        entry(line).map(Entry::wwid).filter(wwid::equals).isPresent())
                .text());
    }

    private static Optional<Entry> entry(String line) {
        var entry = ENTRY.matcher(line);
        if (!entry.matches() || !Wwid.isValid(entry.group(3))) {
            return Optional.empty();
        }
        var key = Long.parseUnsignedLong(entry.group(2), 16);
        return key == 0
                ? Optional.empty()
                : Optional.of(new Entry(
                        new Wwid(entry.group(3)),
                        new ReservationKey.Key(key, entry.group(1).equals("X"))));
    }

    private static String line(Wwid wwid, ReservationKey.Key key) {
        return (key.throughPowerLoss() ? "0X" : "0x") + Long.toHexString(key.key()) + " " + wwid;
    }
}
