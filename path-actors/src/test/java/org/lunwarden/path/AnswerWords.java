package org.lunwarden.path;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.TextNode;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.vectors.Vectors;

/**
 * A device's answer, from the words of a vector.
 *
 * <pre>
 * ok, good           illegal request, medium error, ...     a sense key, with a usual code
 * ENXIO, ...         02/04/0b, also behind other words      key, ASC and ASCQ
 * host 2             reservation conflict                   fails, error, any failure
 * </pre>
 */
public final class AnswerWords {

    private static final Pattern SENSE = Pattern.compile("\\b(\\p{XDigit}{2})/(\\p{XDigit}{2})/(\\p{XDigit}{2})\\b");
    private static final Pattern HOST = Pattern.compile("\\bhost (?:status |code )?(\\d{1,3})\\b");
    private static final Pattern ERRNO = Pattern.compile("\\bE[A-Z]{2,12}\\b");

    private static final Map<String, String> KEYS = Map.of(
            "recovered error", "010000",
            "not ready", "020403",
            "medium error", "031100",
            "hardware error", "044400",
            "illegal request", "052400",
            "unit attention", "062900",
            "data protect", "072700",
            "aborted command", "0b0000");

    private AnswerWords() {}

    public static Answer<ScsiReply> of(String words) {
        return of(words, "");
    }

    /** @param data hexadecimal, what comes with an answer that has data */
    public static Answer<ScsiReply> of(String words, String data) {
        var sense = SENSE.matcher(words);
        if (sense.find()) {
            return sense(sense.group(1) + sense.group(2) + sense.group(3), data);
        }
        var host = HOST.matcher(words);
        if (host.find()) {
            return ScriptedProbe.status(0, Integer.parseInt(host.group(1)));
        }
        var errno = ERRNO.matcher(words);
        if (errno.find()) {
            return ScriptedProbe.refused(Vectors.errno(TextNode.valueOf(errno.group())));
        }
        return switch (words) {
            case "ok", "good" -> data.isEmpty() ? ScriptedProbe.good() : ScriptedProbe.good(data);
            case "reservation conflict" -> ScriptedProbe.status(0x18, 0);
            case "fails", "error", "fail", "failure", "any failure", "other failure" -> sense("044400", "");
            default ->
                KEYS.entrySet().stream()
                        .filter(known -> words.contains(known.getKey()))
                        .findFirst()
                        .map(known -> sense(known.getValue(), data))
                        .orElseThrow(() -> new AssertionError("no answer is known of the words: " + words));
        };
    }

    private static Answer<ScsiReply> sense(String code, String data) {
        var withData = code.startsWith("01") ? Disks.bytes(data) : List.<Byte>of();
        return new Answer.Answered<>(new ScsiReply(2, 0, 8, Disks.bytes("72" + code), withData));
    }
}
