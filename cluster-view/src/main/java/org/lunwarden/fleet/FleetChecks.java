package org.lunwarden.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;

import org.lunwarden.fleet.check.CheckBudget;
import org.lunwarden.fleet.check.CheckLimits;
import org.lunwarden.fleet.wire.ToHost;
import org.lunwarden.fleet.wire.ToView;
import org.lunwarden.model.Component;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;

/**
 * Asks hosts that know no more of a suspect than that it worked when they last looked to look now. The views share the hosts
 * and the budget among them, so that all of them together stay within it. Owned by the view's actor.
 */
final class FleetChecks {

    private final FleetState state;
    private final Cluster cluster;
    private final ActorRef<ToView> me;
    private final ViewCounts counts;
    private final CheckBudget budget = new CheckBudget(CheckLimits.DEFAULT);

    FleetChecks(FleetState state, Cluster cluster, ActorRef<ToView> me, ViewCounts counts) {
        this.state = state;
        this.cluster = cluster;
        this.me = me;
        this.counts = counts;
    }

    void ask(List<Component> suspects, Instant now) {
        if (suspects.isEmpty()) {
            return;
        }
        var views = new ArrayList<Member>();
        for (var member : cluster.state().getMembers()) {
            if (member.hasRole(FleetRole.VIEW.word())) {
                views.add(member);
            }
        }
        views.sort(
                Comparator.comparing((Member member) -> member.uniqueAddress().toString()));
        var mine = Math.max(0, views.indexOf(cluster.selfMember()));
        budget.limit(CheckLimits.DEFAULT.sharedBy(views.size()), now);
        var wishes = suspects.stream()
                .flatMap(suspect -> state.upThrough(suspect).stream())
                .filter(wish -> isFor(mine, views.size(), wish.host()))
                .distinct()
                .toList();
        var asked = budget.grant(wishes, now);
        counts.checks(asked.size(), wishes.size() - asked.size());
        var granted = new LinkedHashMap<HostId, List<Nexus>>();
        for (var wish : asked) {
            granted.computeIfAbsent(wish.host(), any -> new ArrayList<>()).add(wish.nexus());
        }
        granted.forEach((host, nexuses) -> state.address(host)
                .ifPresent(address -> address.tell(new ToHost.CarryOut(0, new HostCommand.CheckNexuses(nexuses), me))));
    }

    private static boolean isFor(int mine, int views, HostId host) {
        return views < 2 || Math.floorMod(host.value().hashCode(), views) == mine;
    }
}
