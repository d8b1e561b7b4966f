package org.lunwarden.conf.blacklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.lunwarden.conf.blacklist.Judgement.Finding;
import org.lunwarden.conf.regex.InvertibleEre;
import org.lunwarden.conf.value.Origin;

/**
 * Which disks are left alone. The criteria are asked one after another until one blacklists; an exception takes back only
 * what its own criterion says. Source: multipath.conf(5), blacklist and blacklist_exceptions sections.
 */
public record Blacklist(Rules blacklist, Rules exceptions) {

    private static final String DISKS = "!^(sd[a-z]|dasd[a-z]|nvme[0-9])";
    private static final String DISKS_WITHOUT_NVME = "!^(sd[a-z]|dasd[a-z])";
    private static final String WELL_BEHAVED = "(SCSI_IDENT_|ID_WWN)";

    /**
     * What holds without a word: only SCSI, DASD and NVMe disks, and of those only the ones that tell who they are.
     *
     * @param nativeNvme the kernel itself joins the paths of NVMe disks
     */
    public static Blacklist builtIn(boolean nativeNvme) {
        var disks = matching(nativeNvme ? DISKS_WITHOUT_NVME : DISKS);
        return new Blacklist(
                new Rules(List.of(disks), List.of(), List.of(), List.of(), List.of()),
                new Rules(List.of(), List.of(), List.of(matching(WELL_BEHAVED)), List.of(), List.of()));
    }

    private static Rule.Matching matching(String expression) {
        return switch (InvertibleEre.parse(expression)) {
            case InvertibleEre.Parsed.Ok(var ere) -> new Rule.Matching(ere, new Origin.BuiltIn());
            case InvertibleEre.Parsed.Malformed(var at, var problem) ->
                throw new IllegalStateException(expression + ": " + problem + " at " + at);
        };
    }

    /** This blacklist and more rules. */
    public Blacklist and(Blacklist more) {
        return new Blacklist(blacklist.and(more.blacklist), exceptions.and(more.exceptions));
    }

    public Judgement judge(Candidate candidate) {
        var findings = new ArrayList<Finding>();
        for (var criterion : Criterion.values()) {
            var finding = judge(criterion, candidate);
            findings.add(finding);
            if (finding.blacklists()) {
                break;
            }
        }
        return new Judgement(findings);
    }

    /** What one criterion says by itself. */
    public Finding judge(Criterion criterion, Candidate candidate) {
        return switch (criterion) {
            case PROPERTY -> property(candidate);
            case DEVNODE -> find(criterion, blacklist.devnode(), exceptions.devnode(), candidate.devnode());
            case DEVICE ->
                find(
                                criterion,
                                blacklist.device(),
                                exceptions.device(),
                                rule -> rule.holds(candidate.vendor(), candidate.product()))
                        .orElse(new Finding.Unmentioned(criterion));
            case PROTOCOL -> find(criterion, blacklist.protocol(), exceptions.protocol(), candidate.protocol());
            case WWID -> find(criterion, blacklist.wwid(), exceptions.wwid(), candidate.wwid());
        };
    }

    /** The first property that any rule mentions decides. */
    private Finding property(Candidate candidate) {
        return candidate.properties().stream()
                .flatMap(
                        property -> find(
                                Criterion.PROPERTY,
                                blacklist.property(),
                                exceptions.property(),
                                rule -> rule.holds(property))
                                .stream())
                .findFirst()
                .orElseGet(() -> candidate.properties().contains(candidate.uidAttribute())
                        ? new Finding.PropertyMissing()
                        : new Finding.Unmentioned(Criterion.PROPERTY));
    }

    private static Finding find(
            Criterion criterion, List<Rule.Matching> blacklist, List<Rule.Matching> exceptions, String text) {
        return find(criterion, blacklist, exceptions, rule -> rule.holds(text))
                .orElse(new Finding.Unmentioned(criterion));
    }

    private static <T extends Rule> Optional<Finding> find(
            Criterion criterion, List<T> blacklist, List<T> exceptions, Predicate<T> holds) {
        return Stream.<Finding>concat(
                        exceptions.stream().filter(holds).map(rule -> new Finding.Excepted(criterion, rule)),
                        blacklist.stream().filter(holds).map(rule -> new Finding.Blacklisted(criterion, rule)))
                .findFirst();
    }
}
