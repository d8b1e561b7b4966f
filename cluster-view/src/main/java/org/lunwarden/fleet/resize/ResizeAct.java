package org.lunwarden.fleet.resize;

import java.util.List;

import org.lunwarden.model.Wwid;
import org.lunwarden.model.fleet.HostId;

/**
 * A resize in brief, as views tell each other of it.
 *
 * @param by who wanted it; may be empty
 * @param hosts that have a map of the LUN, sorted
 * @param reason why it ended as it did; empty while it runs
 */
public record ResizeAct(
        String id, Wwid wwid, String by, ResizeProgress.Phase phase, List<HostId> hosts, String reason) {

    public ResizeAct {
        hosts = List.copyOf(hosts);
    }

    public static ResizeAct of(ResizeProgress progress) {
        return new ResizeAct(
                progress.id(),
                progress.wwid(),
                progress.by(),
                progress.phase(),
                progress.hosts().stream().map(ResizeProgress.OnHost::host).toList(),
                progress.reason());
    }
}
