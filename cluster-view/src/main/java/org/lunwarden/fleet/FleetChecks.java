package org.lunwarden.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.apache.pekko.actor.typed.ActorRef;

import org.lunwarden.fleet.check.CheckBudget;
import org.lunwarden.fleet.check.CheckLimits;
import org.lunwarden.fleet.wire.ToHost;
import org.lunwarden.fleet.wire.ToView;
import org.lunwarden.model.Component;
import org.lunwarden.model.Nexus;
import org.lunwarden.model.fleet.HostCommand;
import org.lunwarden.model.fleet.HostId;

/**
 * Asks hosts that know no more of a suspect than that it worked when they last looked to look now. One view asks for all of
 * them: shares of a budget would not hold, for a nexus may carry more paths than a share. Owned by the view's actor.
 */
final class FleetChecks {

    private final FleetState state;
    private final BooleanSupplier isMyTurn;
    private final ActorRef<ToView> me;
    private final ViewCounts counts;
    private Optional<CheckBudget> budget = Optional.empty();

    /** @param isMyTurn whether this view is the one that asks; of no more than one view at a time */
    FleetChecks(FleetState state, BooleanSupplier isMyTurn, ActorRef<ToView> me, ViewCounts counts) {
        this.state = state;
        this.isMyTurn = isMyTurn;
        this.me = me;
        this.counts = counts;
    }

    /** To be called each second: one whose turn it becomes begins with nothing, as another one may just have spent all. */
    void look(Instant now) {
        budget = isMyTurn.getAsBoolean()
                ? budget.or(() -> Optional.of(new CheckBudget(CheckLimits.DEFAULT, now)))
                : Optional.empty();
    }

    void ask(List<Component> suspects, Instant now) {
        look(now);
        if (!suspects.isEmpty()) {
            budget.ifPresent(mine -> ask(mine, suspects, now));
        }
    }

    private void ask(CheckBudget mine, List<Component> suspects, Instant now) {
        var wishes = suspects.stream()
                .flatMap(suspect -> state.upThrough(suspect).stream())
                .distinct()
                .toList();
        var asked = mine.grant(wishes, now);
        counts.checks(asked.size(), wishes.size() - asked.size());
        var granted = new LinkedHashMap<HostId, List<Nexus>>();
        for (var wish : asked) {
            granted.computeIfAbsent(wish.host(), any -> new ArrayList<>()).add(wish.nexus());
        }
        granted.forEach((host, nexuses) -> state.address(host)
                .ifPresent(address -> address.tell(new ToHost.CarryOut(0, new HostCommand.CheckNexuses(nexuses), me))));
    }
}
