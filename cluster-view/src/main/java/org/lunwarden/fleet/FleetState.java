package org.lunwarden.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.fleet.FleetSnapshot.FleetHost;
import org.lunwarden.fleet.FleetSnapshot.FleetNexus;
import org.lunwarden.fleet.HostEntry.Fact;
import org.lunwarden.fleet.check.Wish;
import org.lunwarden.fleet.diagnosis.Booting;
import org.lunwarden.fleet.diagnosis.Observation;
import org.lunwarden.fleet.failback.Dispute;
import org.lunwarden.fleet.failback.GroupSwitch;
import org.lunwarden.fleet.failback.PingPong;
import org.lunwarden.fleet.sitefile.SiteFile;
import org.lunwarden.fleet.wire.ToHost;
import org.lunwarden.fleet.wire.ToView;
import org.lunwarden.model.Component;
import org.lunwarden.model.fleet.DaemonRun;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.NexusState;

/** All hosts that a view knows, and what it makes of each. Owned by one actor; every rule is in {@link HostEntry}. */
final class FleetState {

    private final FleetTimings timings;
    private final Twins twins;
    private final HostChanges changes = new HostChanges();
    private final Boots boots = new Boots();
    private final TreeMap<HostId, Known> hosts = new TreeMap<>();
    private PingPong pingPong = PingPong.NONE;
    private SiteFile site = SiteFile.NONE;
    private SiteFile.Membership sets = SiteFile.Membership.NONE;

    /** @param address where the host was last heard from */
    private record Known(
            HostEntry entry,
            Optional<ActorRef<ToHost>> address,
            List<Observation> observations,
            List<FleetNexus> nexuses) {}

    /**
     * @param facts what happened, in order
     * @param lacking whom to ask for a full report; empty when there is no need
     */
    record Heard(List<Fact> facts, Optional<ActorRef<ToHost>> lacking) {}

    FleetState(FleetTimings timings) {
        this.timings = timings;
        this.twins = new Twins(timings.silence());
    }

    Heard heard(ToView message, Instant now) {
        return switch (message) {
            case ToView.ReportPart part ->
                doubled(
                        part.run(),
                        now,
                        part.host(),
                        heard(part.host(), Optional.of(part.from()), now, e -> e.heard(part, now)));
            case ToView.ReportDelta delta ->
                doubled(
                        delta.run(),
                        now,
                        delta.host(),
                        heard(delta.host(), Optional.of(delta.from()), now, e -> e.heard(delta, now)));
            case ToView.StillThere beat ->
                doubled(
                        beat.run(),
                        now,
                        beat.host(),
                        heard(beat.host(), Optional.of(beat.from()), now, e -> e.heard(beat, now)));
            case ToView.Goodbye goodbye -> heard(goodbye.host(), Optional.empty(), now, e -> e.heard(goodbye));
            case ToView.Answered answered -> new Heard(List.of(), Optional.empty());
            case ToView.MayCleanUp question -> new Heard(List.of(), Optional.empty());
            case ToView.ResizeTold told -> new Heard(List.of(), Optional.empty());
        };
    }

    private Heard doubled(DaemonRun run, Instant now, HostId host, Heard heard) {
        if (!twins.heard(host, run, now)) {
            return heard;
        }
        var facts = new ArrayList<>(heard.facts());
        facts.add(new Fact.Doubled(host));
        return new Heard(facts, heard.lacking());
    }

    /** Whether two daemons report as this host. */
    boolean isDoubled(HostId host, Instant now) {
        return twins.is(host, now);
    }

    /** What follows from not having heard hosts until now; those that were silent for very long are forgotten. */
    List<Fact> sweep(Instant now) {
        var facts = new ArrayList<Fact>();
        for (var known : List.copyOf(hosts.values())) {
            var entry = known.entry;
            if (entry.lastSeen().plus(timings.forget()).isBefore(now)) {
                hosts.remove(entry.host());
                changes.forget(entry.host());
                boots.forget(entry.host());
                twins.forget(entry.host());
                facts.add(new Fact.Forgotten(entry.host()));
            } else {
                var next = entry.silentAt(now, timings.silence());
                put(next, known.address, now);
                facts.addAll(next.facts());
            }
        }
        return facts;
    }

    /** Holds from now on what a site file says. Whether it says something else than before. */
    boolean follow(SiteFile now, Instant at) {
        if (now.equals(site)) {
            return false;
        }
        site = now;
        sets = now.membership();
        hosts.replaceAll((id, known) -> derived(known.entry, known.address, at));
        return true;
    }

    /** For a view that could not listen for a while. */
    void excuseAll(Duration deaf) {
        hosts.replaceAll(
                (id, known) -> new Known(known.entry.excused(deaf), known.address, known.observations, known.nexuses));
    }

    List<Observation> observations() {
        var all = new ArrayList<Observation>();
        hosts.values().forEach(known -> all.addAll(known.observations));
        return all;
    }

    /** Hosts that booted so lately that failures of theirs may say nothing yet. */
    Booting booting(Instant now) {
        return boots.at(now);
    }

    List<FleetHost> hosts() {
        return hosts.values().stream().map(FleetState::snapshot).toList();
    }

    Optional<Contact> contact(HostId host) {
        return Optional.ofNullable(hosts.get(host)).map(known -> known.entry.contact());
    }

    Optional<ActorRef<ToHost>> address(HostId host) {
        return Optional.ofNullable(hosts.get(host)).flatMap(Known::address);
    }

    /** Where hosts were last heard from; of one on the view's own member without its address. */
    Set<Address> addresses() {
        return hosts.values().stream()
                .flatMap(known -> known.address().stream())
                .map(address -> address.path().address())
                .collect(Collectors.toSet());
    }

    /** Nexuses through the component that are up as far as is known: of silent hosts nothing is known. */
    List<Wish> upThrough(Component component) {
        var wishes = new ArrayList<Wish>();
        for (var known : hosts.values()) {
            for (var nexus : known.nexuses) {
                var row = nexus.row();
                if (nexus.state() == NexusState.UP && row.components().contains(component)) {
                    wishes.add(new Wish(
                            known.entry.host(), row.nexus(), row.paths().total()));
                }
            }
        }
        return wishes;
    }

    private interface Hearing {
        HostEntry.Next of(HostEntry entry);
    }

    private Heard heard(HostId host, Optional<ActorRef<ToHost>> address, Instant now, Hearing hearing) {
        var known = Optional.ofNullable(hosts.get(host));
        var entry = known.map(Known::entry).orElseGet(() -> HostEntry.unheard(host, now));
        var next = hearing.of(entry);
        var at = address.or(() -> known.flatMap(Known::address));
        return keep(next.with(changed(entry, next.entry(), now)), at, now);
    }

    /** What the report that came in says of changes to the host. */
    private List<Fact> changed(HostEntry before, HostEntry after, Instant now) {
        if (after.report().isEmpty() || before.report().equals(after.report())) {
            return List.of();
        }
        var report = after.report().get();
        boots.reported(before.report(), report, after.bootedAt());
        var facts = new ArrayList<>(changes.firmware(report));
        before.report().ifPresent(old -> facts.addAll(changes.between(old, report, now)));
        facts.addAll(disputed(facts, now));
        return facts;
    }

    /** Disputes that begin with these. */
    private List<Fact> disputed(List<Fact> facts, Instant now) {
        var switches = facts.stream()
                .flatMap(fact -> fact instanceof Fact.GroupsSwitched(var host, var those)
                        ? those.stream()
                        : Stream.<GroupSwitch>empty())
                .toList();
        if (switches.isEmpty()) {
            return List.of();
        }
        var known = disputes(now).stream().map(Dispute::map).toList();
        pingPong = pingPong.heard(switches, now);
        return disputes(now).stream()
                .filter(dispute -> !known.contains(dispute.map()))
                .<Fact>map(Fact.Disputed::new)
                .toList();
    }

    /** LUNs that hosts take from each other, sorted. */
    List<Dispute> disputes(Instant now) {
        return pingPong.disputes(now);
    }

    private Heard keep(HostEntry.Next next, Optional<ActorRef<ToHost>> at, Instant now) {
        if (!next.entry().wantsReport(now, timings.reportRetry())) {
            put(next, at, now);
            return new Heard(next.facts(), Optional.empty());
        }
        put(new HostEntry.Next(next.entry().asked(now), next.facts()), at, now);
        return new Heard(next.facts(), at);
    }

    /** Derives rows anew only when something happened: a sign of life is by far the most frequent message. */
    private void put(HostEntry.Next next, Optional<ActorRef<ToHost>> address, Instant now) {
        var entry = next.entry();
        var before = hosts.get(entry.host());
        if (before != null && next.facts().isEmpty() && before.entry.contact() == entry.contact()) {
            hosts.put(entry.host(), new Known(entry, address, before.observations, before.nexuses));
            return;
        }
        hosts.put(entry.host(), derived(entry, address, now));
    }

    private Known derived(HostEntry entry, Optional<ActorRef<ToHost>> address, Instant now) {
        var age = Duration.between(entry.lastSeen(), now);
        var nexuses = entry.nexuses().stream()
                .map(nexus -> new FleetNexus(sets.over(entry.host(), nexus.row()), nexus.state(), nexus.changedAt()))
                .toList();
        var observations =
                nexuses.stream().map(nexus -> observation(entry, nexus, age)).toList();
        return new Known(entry, address, observations, nexuses);
    }

    private static Observation observation(HostEntry entry, FleetNexus nexus, Duration age) {
        var seen = Observation.of(entry.host(), nexus.row(), nexus.changedAt(), age);
        return new Observation(
                seen.host(),
                seen.nexus(),
                seen.components(),
                nexus.state(),
                seen.paths(),
                seen.failed(),
                seen.changedAt(),
                seen.age());
    }

    private static FleetHost snapshot(Known known) {
        var report = known.entry.report();
        return new FleetHost(
                known.entry.host(),
                known.entry.contact(),
                known.entry.lastSeen(),
                report.map(HostReport::run),
                report.map(HostReport::revision).orElse(0L),
                known.entry.uptime(),
                report.map(HostReport::version).orElse(""),
                known.nexuses,
                report.map(HostReport::maps).orElse(List.of()));
    }
}
