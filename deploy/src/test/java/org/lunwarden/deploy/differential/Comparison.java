package org.lunwarden.deploy.differential;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.lunwarden.deploy.lab.Daemon;
import org.lunwarden.deploy.lab.Guest;

/** The reference and Lunwarden, one after the other on the devices of one guest. */
final class Comparison {
    private static final Duration LIMIT = Duration.ofMinutes(8);
    /** So long may a daemon that starts do nothing that is seen, on a machine that is busy. */
    private static final Duration START = Duration.ofSeconds(30);
    /** Longer than every countdown that a site configures. */
    private static final Duration QUIET = Duration.ofSeconds(12);

    private static final String TOOL = "bash /lab/kit/guest/differential ";

    private final Guest guest;
    private final CommandPrompt prompt;
    private final String referenceUnconfigured;
    private final String ourUnconfigured;

    private Comparison(Guest guest, CommandPrompt prompt, String referenceUnconfigured, String ourUnconfigured) {
        this.guest = guest;
        this.prompt = prompt;
        this.referenceUnconfigured = referenceUnconfigured;
        this.ourUnconfigured = ourUnconfigured;
    }

    static Comparison in(Guest guest) {
        guest.run("bash /lab/kit/guest/array-here").output();
        var prompt = CommandPrompt.open(guest);
        guest.run("rm -rf /etc/multipath /etc/multipath.conf; mkdir /etc/multipath; "
                        + "echo 'lunwarden.fleet.join = no' >/etc/lunwarden.conf")
                .output();
        return new Comparison(
                guest, prompt, guest.run("multipath -t 2>/dev/null").output(), prompt.run("config show"));
    }

    /** Where the two differ when nothing is configured, by section. */
    Map<String, List<String>> builtIn() {
        return Texts.builtIn(referenceUnconfigured).differences(Texts.builtIn(ourUnconfigured));
    }

    /** What the reference says of a site in each of its states. It leaves without maps. */
    Answers reference(Site site) {
        guest.run(
                        LIMIT,
                        "bash /lab/kit/guest/oracle-site %s /lab/run/reference/%s %s"
                                .formatted(site.folder(), site.name(), String.join(" ", site.states())))
                .output();
        Path folder = guest.shared().resolve("reference").resolve(site.name());
        Map<String, List<String>> lines = new LinkedHashMap<>();
        lines.put("config", Texts.configured(Site.read(folder.resolve("config")), referenceUnconfigured));
        lines.put("local", Texts.local(Site.read(folder.resolve("local")), referenceUnconfigured));
        for (String state : site.states()) {
            lines.put(state + " dm", Texts.lines(Site.read(folder.resolve(state + ".dm"))));
            lines.put(state + " topology", Texts.topology(Site.read(folder.resolve(state + ".topology"))));
        }
        return new Answers(lines);
    }

    /**
     * What Lunwarden says: in each state, once its maps are as the reference's but for what is known to differ, or are
     * not for long.
     */
    Answers ours(Site site, Answers reference) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        guest.run(TOOL + "install " + site.folder()).output();
        lines.put("config", Texts.configured(prompt.run("config show"), ourUnconfigured));
        var daemon = Daemon.startWithFilesInPlace(guest);
        daemon.process().awaitLog(LIMIT, " is up");
        for (String state : site.states()) {
            guest.run(TOOL + "step " + state).output();
            lines.put(state + " dm", deviceMapper(site, state, reference));
            lines.put(state + " topology", Texts.topology(prompt.run("topology --config /etc/lunwarden.conf")));
            if (state.equals("healthy")) {
                lines.put("local", Texts.local(prompt.run("config show --local"), ourUnconfigured));
            }
        }
        daemon.stop();
        guest.run(TOOL + "clean").output();
        lines.put("errors", daemon.unexpectedErrors());
        return new Answers(lines);
    }

    /** Ends when the maps are as wanted, or nothing has changed for long. */
    private List<String> deviceMapper(Site site, String state, Answers reference) {
        var heading = state + " dm";
        var wanted = reference.lines().getOrDefault(heading, List.of());
        var known = site.known().at(heading);
        boolean patient = state.equals("healthy") && !site.known().isOpen(heading);
        long quiet = (patient ? START : QUIET).toNanos();
        long since = System.nanoTime();
        var seen = maps();
        while (!site.known()
                        .compared(heading, LineDifference.between(wanted, seen))
                        .equals(known)
                && System.nanoTime() - since < quiet) {
            var now = maps();
            since = now.equals(seen) ? since : System.nanoTime();
            seen = now;
        }
        if (site.states().size() == 1) {
            return seen;
        }
        // it has to stay so
        guest.probe("settled 2").output();
        return maps();
    }

    private List<String> maps() {
        return Texts.lines(guest.probe("text").output());
    }
}
