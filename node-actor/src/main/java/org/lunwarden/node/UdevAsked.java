package org.lunwarden.node;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.io.DiskControl;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.node.discovery.UdevQuestions;
import org.lunwarden.node.site.Site;

/** Has udev look again at the disks without a WWID. What it finds comes as an event of the disk. */
final class UdevAsked {

    private static final Logger LOG = LoggerFactory.getLogger(UdevAsked.class);

    private final DiskControl control;
    private final Executor blocking;
    private final Site site;
    private final Consumer<Duration> delay;
    private UdevQuestions questions = UdevQuestions.NONE;

    /**
     * @param blocking runs what writes to sysfs
     * @param delay has {@link #ask} called after so long
     */
    UdevAsked(DiskControl control, Executor blocking, Site site, Consumer<Duration> delay) {
        this.control = control;
        this.blocking = blocking;
        this.site = site;
        this.delay = delay;
    }

    /** @param nameless the disks that a look found without a WWID, or without a word of udev */
    void looked(Map<DeviceName, DevT> nameless, Duration now) {
        questions = questions.after(nameless, site.udevPatience(), now);
        askLater(now);
    }

    /** The disks for whose properties is not waited any longer. */
    Set<DeviceName> unheard(Duration now) {
        return questions.unheard(site.udevPatience(), now);
    }

    void ask(Duration now) {
        var patience = site.udevPatience();
        for (var name : questions.due(patience, now)) {
            questions = questions.asked(name, patience, now);
            var question = questions.open().get(name);
            if (question != null) {
                Audit.disk(
                        name,
                        "udev is asked to look at it again, since it gives it no WWID: " + question.asked() + " of "
                                + patience.tries());
                blocking.execute(() -> change(name, question.device()));
            }
        }
        askLater(now);
    }

    private void change(DeviceName name, DevT device) {
        if (control.change(name, device) instanceof IoResult.Refused<?> refused) {
            LOG.warn("{}: udev cannot be asked: {}", name, refused);
        }
    }

    private void askLater(Duration now) {
        questions.next(site.udevPatience(), now).ifPresent(next -> delay.accept(next.minus(now)));
    }
}
