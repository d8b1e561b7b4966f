package org.lunwarden.cli.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

import org.lunwarden.fleet.localization.Circumstances.ExplainedAway;
import org.lunwarden.fleet.localization.ComponentName;
import org.lunwarden.fleet.localization.Localized;
import org.lunwarden.fleet.localization.RiskIndex;
import org.lunwarden.model.fleet.NexusState;

/**
 * What could not be told, and why.
 *
 * @param components concerned; a few of them where there are many
 */
record NotObservable(List<ComponentName> components, String why) {

    private static final int MOST = 10;

    static List<NotObservable> of(RiskIndex index, Localized verdict, ExplainedAway explained) {
        var notes = new ArrayList<NotObservable>();
        for (var cause : verdict.causes()) {
            var first = cause.first();
            var alike = new ArrayList<>(List.of(first.component()));
            alike.addAll(first.equivalent());
            if (alike.size() > 1) {
                notes.add(note(index, alike, "exactly the same nexuses cross all of these: no data tell them apart"));
            }
            if (!first.hidden().isEmpty()) {
                var hidden = new ArrayList<>(List.of(first.component()));
                hidden.addAll(first.hidden());
                notes.add(note(
                        index,
                        hidden,
                        "they differ only in nexuses that another cause took down: beside it, any of these"
                                + " explains the same"));
            }
            for (var set : first.together()) {
                notes.add(note(
                        index,
                        set,
                        "that all of these failed at once looks the same as " + index.component(first.component())));
            }
            if (!cause.wake().isEmpty()) {
                notes.add(note(
                        index,
                        cause.wake(),
                        "little of it was lost, within minutes after " + index.component(first.component())
                                + " and close to it: taken for what that drew after it"));
            }
            if (!cause.doubt().isEmpty()) {
                notes.add(note(
                        index,
                        cause.suspects().stream().map(one -> one.component()).toList(),
                        "suspected, not named: " + cause.doubt()));
            }
            if (first.partial() > first.down()) {
                notes.add(note(
                        index,
                        List.of(first.component()),
                        "its nexuses fail in part: whether it loses traffic or single LUNs behind it fail is not seen"
                                + " from nexuses"));
            }
        }
        hosts(index, verdict.lateHosts(), notes, "last reported too long ago: nothing is known of their nexuses");
        hosts(
                index,
                verdict.staleHosts(),
                notes,
                "still say up on every nexus that failed for all other hosts: their reports look old and count neither"
                        + " way");
        unknown(index, notes, explained);
        explained(explained, notes);
        if (index.correctedRows() > 0) {
            notes.add(new NotObservable(
                    List.of(),
                    number(index.correctedRows())
                            + " nexuses name another component than the rest of their port does: they count with the"
                            + " rest"));
        }
        if (index.completedEntries() > 0) {
            notes.add(new NotObservable(
                    List.of(),
                    number(index.completedEntries())
                            + " components that nexuses do not name were filled in from what other hosts see"));
        }
        return notes;
    }

    private static NotObservable note(RiskIndex index, List<Integer> components, String why) {
        return new NotObservable(components.stream().map(index::component).toList(), why);
    }

    private static void hosts(RiskIndex index, List<Integer> hosts, List<NotObservable> notes, String why) {
        if (!hosts.isEmpty()) {
            var some = hosts.stream()
                    .limit(MOST)
                    .map(host -> new ComponentName("host", index.hostName(host)))
                    .toList();
            notes.add(
                    new NotObservable(some, number(hosts.size()) + (hosts.size() == 1 ? " host: " : " hosts: ") + why));
        }
    }

    /** Components of which no nexus says anything, class by class. */
    private static void unknown(RiskIndex index, List<NotObservable> notes, ExplainedAway explained) {
        var rows = 0;
        var taken = -explained.maintained() - explained.rebooting();
        var silent = new boolean[index.componentCount()];
        Arrays.fill(silent, true);
        for (var row = 0; row < index.size(); row++) {
            var state = index.state(row);
            rows += state == NexusState.UNKNOWN ? 1 : 0;
            taken += state == NexusState.ADMIN ? 1 : 0;
            if (state != NexusState.UNKNOWN) {
                index.forEachComponent(row, component -> silent[component] = false);
            }
        }
        if (rows > 0) {
            notes.add(new NotObservable(
                    List.of(), number(rows) + " nexuses count neither way, since nothing is known of them"));
            var byKind = new TreeMap<String, List<ComponentName>>();
            for (var component = 0; component < silent.length; component++) {
                if (silent[component]) {
                    var name = index.component(component);
                    byKind.computeIfAbsent(name.kind(), none -> new ArrayList<>())
                            .add(name);
                }
            }
            byKind.forEach((kind, all) -> notes.add(new NotObservable(
                    all.stream().limit(MOST).toList(),
                    number(all.size()) + " of class " + kind + ": nothing is known of any nexus through them")));
        }
        if (taken > 0) {
            notes.add(new NotObservable(
                    List.of(), number(taken) + " nexuses count neither way, since an operator took them down"));
        }
    }

    private static void explained(ExplainedAway explained, List<NotObservable> notes) {
        if (explained.maintained() > 0) {
            notes.add(new NotObservable(
                    List.of(),
                    number(explained.maintained())
                            + " nexuses that failed count neither way, since they cross what is in maintenance"));
        }
        if (explained.rebooting() > 0) {
            notes.add(new NotObservable(
                    List.of(),
                    number(explained.rebooting()) + " nexuses that failed count neither way, since their "
                            + (explained.hosts() == 1 ? "host boots" : number(explained.hosts()) + " hosts boot")));
        }
    }

    private static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
