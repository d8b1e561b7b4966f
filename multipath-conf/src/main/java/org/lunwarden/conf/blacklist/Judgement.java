package org.lunwarden.conf.blacklist;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether a disk is left alone, and why.
 *
 * @param findings of the criteria that were asked, in their order; none behind the one that blacklists
 */
public record Judgement(List<Finding> findings) {

    public Judgement {
        findings = List.copyOf(findings);
    }

    /** What one criterion says. */
    public sealed interface Finding {

        Criterion criterion();

        record Blacklisted(Criterion criterion, Rule rule) implements Finding {
            @Override
            public String toString() {
                return criterion + " " + rule;
            }
        }

        /** An exception holds, so that this criterion does not blacklist the disk. */
        record Excepted(Criterion criterion, Rule rule) implements Finding {
            @Override
            public String toString() {
                return "exception of " + criterion + " " + rule;
            }
        }

        /** The disk has the property of its WWID, and none that an exception names: it is left alone. */
        record PropertyMissing() implements Finding {
            @Override
            public Criterion criterion() {
                return Criterion.PROPERTY;
            }

            @Override
            public String toString() {
                return "property: it has the one of its WWID, and none that an exception names";
            }
        }

        /** No rule holds. */
        record Unmentioned(Criterion criterion) implements Finding {
            @Override
            public String toString() {
                return "no rule of " + criterion;
            }
        }

        default boolean blacklists() {
            return switch (this) {
                case Blacklisted blacklisted -> true;
                case PropertyMissing missing -> true;
                case Excepted excepted -> false;
                case Unmentioned unmentioned -> false;
            };
        }
    }

    /** The verdict and the rules that made it, for a reader. */
    @Override
    public String toString() {
        if (isBlacklisted()) {
            return "blacklisted by " + deciding();
        }
        var kept = findings.stream()
                .filter(Finding.Excepted.class::isInstance)
                .map(Finding::toString)
                .collect(Collectors.joining(", "));
        return kept.isEmpty() ? "not blacklisted: no rule holds" : "not blacklisted: " + kept;
    }

    public boolean isBlacklisted() {
        return deciding().blacklists();
    }

    /** The finding that blacklists, or the last one when none does. */
    public Finding deciding() {
        return findings.getLast();
    }
}
