package org.lunwarden.conf.blacklist;

import java.util.List;

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

        record Blacklisted(Criterion criterion, Rule rule) implements Finding {}

        /** An exception holds, so that this criterion does not blacklist the disk. */
        record Excepted(Criterion criterion, Rule rule) implements Finding {}

        /** The disk has the property of its WWID, and none that an exception names: it is left alone. */
        record PropertyMissing() implements Finding {
            @Override
            public Criterion criterion() {
                return Criterion.PROPERTY;
            }
        }

        /** No rule holds. */
        record Unmentioned(Criterion criterion) implements Finding {}

        default boolean blacklists() {
            return switch (this) {
                case Blacklisted blacklisted -> true;
                case PropertyMissing missing -> true;
                case Excepted excepted -> false;
                case Unmentioned unmentioned -> false;
            };
        }
    }

    public boolean isBlacklisted() {
        return deciding().blacklists();
    }

    /** The finding that blacklists, or the last one when none does. */
    public Finding deciding() {
        return findings.getLast();
    }
}
