package org.lunwarden.node.names;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.lunwarden.model.Wwid;

/**
 * Which WWIDs have had a map on this host: the {@code wwids} file.
 *
 * <pre>
 * file := line*
 * line := [/wwid/] [# comment]
 * </pre>
 *
 * <p>What is edited keeps all other lines, those too that a hand has spoilt; a WWID that is taken out leaves a line of
 * {@code #} of the same length.
 *
 * @param text of the file; empty when there is none
 */
public record WwidsFile(String text) {

    private static final Pattern ENTRY = Pattern.compile("\\s*/([^/]+)/\\s*(?:#.*)?");

    /** Seven lines, as many as other tools that know the file write. */
    private static final String HEADER = """
            # WWIDs of multipath maps, version : 1.0
            # A daemon keeps this file: it adds the WWID of each map that it makes,
            # and a disk that tells one of them is taken for a path at once.
            #
            # Each line gives one WWID between slashes:
            # /wwid/
            #
            """;

    /** In the order of the file. */
    public Set<Wwid> wwids() {
        var wwids = new LinkedHashSet<Wwid>();
        new EditedText(text).lines().forEach(line -> entry(line).ifPresent(wwids::add));
        return Collections.unmodifiableSet(wwids);
    }

    /** Lines that are neither a WWID nor a comment, counted from 1. */
    public List<Integer> spoiltLines() {
        return new EditedText(text).spoilt(line -> entry(line).isPresent());
    }

    /** The same when it has the WWID already. */
    public WwidsFile with(Wwid wwid) {
        return withAll(Set.of(wwid));
    }

    /** The same when it has them all already. */
    public WwidsFile withAll(Collection<Wwid> wwids) {
        var more = new TreeSet<>(wwids);
        more.removeAll(wwids());
        if (more.isEmpty()) {
            return this;
        }
        var lines = more.stream().map(WwidsFile::line).toList();
        return new WwidsFile(new EditedText(text).with(HEADER, lines).text());
    }

    /** The same when it has no such WWID. */
    public WwidsFile without(Wwid wwid) {
        return new WwidsFile(new EditedText(text)
                .without(line -> entry(line).filter(wwid::equals).isPresent())
                .text());
    }

    private static Optional<Wwid> entry(String line) {
        var entry = ENTRY.matcher(line);
        return entry.matches() && Wwid.isValid(entry.group(1))
                ? Optional.of(new Wwid(entry.group(1)))
                : Optional.empty();
    }

    private static String line(Wwid wwid) {
        return "/" + wwid + "/";
    }
}
