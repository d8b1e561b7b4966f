package org.lunwarden.io.simulated;

import java.util.List;

/** How the links of a simulated host are lost and come back. */
final class LinkOutages {

    private final SimulatedKernel kernel;

    LinkOutages(SimulatedKernel kernel) {
        this.kernel = kernel;
    }

    /** Brings the links to what the parts' states make of them. */
    void reassess(List<Link> links, Health health) {
        for (var link : links) {
            var up = link.crossed(health).isPresent();
            if (!up && link.state == Link.State.UP) {
                lose(link);
            } else if (up && link.state != Link.State.UP) {
                regain(link);
            }
        }
    }

    private void lose(Link link) {
        var outage = ++link.outage;
        link.state = Link.State.BLOCKED;
        tell(link, "is blocked");
        kernel.san.time.after(kernel.san.fastIoFail, () -> {
            synchronized (kernel.san.lock) {
                if (link.outage == outage && link.state == Link.State.BLOCKED) {
                    link.state = Link.State.FAILED;
                    tell(link, "fails I/O");
                    kernel.retry(link.waiting);
                }
            }
        });
        kernel.san.time.after(kernel.san.deviceLoss, () -> {
            synchronized (kernel.san.lock) {
                if (link.outage == outage && link.state == Link.State.FAILED) {
                    link.state = Link.State.LOST;
                    tell(link, "is lost");
                    kernel.lost(link);
                }
            }
        });
    }

    private void regain(Link link) {
        var lost = link.state == Link.State.LOST;
        link.outage++;
        link.state = Link.State.UP;
        tell(link, "is up");
        kernel.retry(link.waiting);
        if (lost) {
            kernel.scan();
        }
    }

    private void tell(Link link, String what) {
        kernel.san.happened(
                kernel.name, link.initiator.health.part.id() + " to " + link.target.health.part.id() + " " + what);
    }
}
