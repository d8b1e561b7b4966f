package org.lunwarden.model.scsi;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

import org.lunwarden.model.scsi.Designator.Association;

/**
 * How a designator of a logical unit becomes a WWID, and which one is best. Hexadecimal digits are lower-case.
 *
 * <pre>
 * NAA 6, 5, 2 (ranks 8, 7, 6)   3 + digits
 * EUI-64 (rank 4)               2 + digits
 * SCSI name (rank 3)            eui. -> 2 + rest, naa. -> 3 + rest, both lower-case; iqn. -> 8 + rest
 * T10 vendor id (rank 2)        1 + text, each run of blanks as one underscore
 * NAA 3 (rank 1)                3 + digits
 * </pre>
 *
 * Of equal ranks the first wins, so that the answer does not depend on what an array adds later.
 */
final class WwidDesignator {

    private static final int VENDOR_LENGTH = 8;
    private static final int PREFIX_LENGTH = 4;

    private WwidDesignator() {}

    private sealed interface Reading {}

    private record Usable(int rank, String text) implements Reading {}

    private record Malformed(int offset, String problem) implements Reading {}

    /** Not about the logical unit, or of a type that makes no WWID. */
    private record Ignored() implements Reading {}

    static Decoded<String> best(List<Designator> designators, OptionalInt cutAt, int longest) {
        var best = new Usable(0, "");
        Decoded.Invalid<String> fault =
                new Decoded.Invalid<>(Decoded.Fault.NOTHING_USABLE, 4, "no designator of the logical unit");
        for (var designator : designators) {
            switch (read(designator, longest)) {
                case Usable usable -> best = usable.rank() > best.rank() ? usable : best;
                case Malformed(var offset, var problem) ->
                    fault = new Decoded.Invalid<>(Decoded.Fault.MALFORMED, offset, problem);
                case Ignored ignored -> {}
            }
        }
        if (best.rank() > 0) {
            return new Decoded.Ok<>(best.text());
        }
        return cutAt.isPresent()
                ? new Decoded.Invalid<>(
                        Decoded.Fault.TRUNCATED, cutAt.getAsInt(), "a designator runs past the end of the page")
                : fault;
    }

    /** The WWIDs of all that make one, the best first. */
    static List<String> all(List<Designator> designators, int longest) {
        return designators.stream()
                .map(designator -> read(designator, longest))
                .flatMap(reading -> reading instanceof Usable usable ? Stream.of(usable) : Stream.empty())
                .sorted(Comparator.comparingInt(Usable::rank).reversed())
                .map(Usable::text)
                .distinct()
                .toList();
    }

    static String preSpc3(Bytes identifier, int longest) {
        return hex('3', identifier, longest);
    }

    private static Reading read(Designator designator, int longest) {
        if (designator.association() == Association.RESERVED) {
            return new Malformed(designator.offset(), "reserved association");
        }
        if (designator.association() != Association.LOGICAL_UNIT) {
            return new Ignored();
        }
        return switch (designator.type()) {
            case Designator.NAA -> naa(designator, longest);
            case Designator.EUI_64 -> eui(designator, longest);
            case Designator.SCSI_NAME -> name(designator, longest);
            case Designator.T10_VENDOR_ID -> t10(designator, longest);
            default -> new Ignored();
        };
    }

    private static Reading naa(Designator designator, int longest) {
        var id = designator.bytes();
        var kind = id.has(0, 1) ? id.u8(0) >> 4 : 0;
        var rank = switch (kind) {
            case 6 -> 8;
            case 5 -> 7;
            case 2 -> 6;
            case 3 -> 1;
            default -> 0;
        };
        return rank > 0 && id.size() == (kind == 6 ? 16 : 8)
                ? new Usable(rank, hex('3', id, longest))
                : new Malformed(designator.offset(), "NAA " + kind + " of " + id.size() + " bytes");
    }

    private static Reading eui(Designator designator, int longest) {
        var id = designator.bytes();
        return id.size() == 8 || id.size() == 12 || id.size() == 16
                ? new Usable(4, hex('2', id, longest))
                : new Malformed(designator.offset(), "EUI-64 of " + id.size() + " bytes");
    }

    private static Reading name(Designator designator, int longest) {
        var name = designator.bytes().text();
        if (name.length() <= PREFIX_LENGTH) {
            return new Malformed(designator.offset(), "SCSI name of " + name.length() + " characters");
        }
        var rest = name.substring(PREFIX_LENGTH);
        return switch (name.substring(0, PREFIX_LENGTH)) {
            case "eui." -> new Usable(3, cut("2" + rest.toLowerCase(Locale.ROOT), longest));
            case "naa." -> new Usable(3, cut("3" + rest.toLowerCase(Locale.ROOT), longest));
            case "iqn." -> new Usable(3, cut("8" + rest, longest));
            default -> new Malformed(designator.offset(), "SCSI name of an unknown format");
        };
    }

    private static Reading t10(Designator designator, int longest) {
        var text = designator.bytes().text().stripTrailing();
        return designator.id().size() < VENDOR_LENGTH || text.isEmpty()
                ? new Malformed(designator.offset(), "T10 vendor id of " + text.length() + " characters")
                : new Usable(2, cut("1" + text.replaceAll(" +", "_"), longest));
    }

    /** Whole bytes only. */
    private static String hex(char kind, Bytes id, int longest) {
        var digits = id.hex();
        return kind + digits.substring(0, Math.min(digits.length(), (longest - 1) / 2 * 2));
    }

    private static String cut(String text, int longest) {
        return text.substring(0, Math.min(text.length(), longest));
    }
}
