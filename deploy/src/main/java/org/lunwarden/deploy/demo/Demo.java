package org.lunwarden.deploy.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

import org.lunwarden.cli.Launch.DemoOptions;
import org.lunwarden.deploy.EndSignal;
import org.lunwarden.fleet.FleetEvent;
import org.lunwarden.fleet.FleetEvent.FailbackChanged;
import org.lunwarden.fleet.FleetEvent.HostSilent;
import org.lunwarden.fleet.FleetEvent.IncidentChanged;

/** The demonstration: a fleet to click at, or a story told in lines of JSON. */
public final class Demo {

    private static final String SWITCH_FAILURE = "switch-failure";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int COMPLAIN_SECONDS = 20;

    private Demo() {}

    /** Gives the exit code. */
    public static int run(DemoOptions options, PrintStream out) {
        quieten();
        try {
            return options.script().isPresent()
                    ? story(options, options.script().get(), out)
                    : show(options, out);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (Exception broken) {
            System.err.println("lunwarden: " + broken.getMessage());
            return 1;
        }
    }

    /** A dozen daemons in one terminal: only what is broken is worth a line, unless LUNWARDEN_LOG asks for more. */
    private static void quieten() {
        if (System.getenv("LUNWARDEN_LOG") == null
                && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger("org.lunwarden").setLevel(Level.ERROR);
            context.getLogger("lunwarden.audit").setLevel(Level.ERROR);
            context.getLogger("org.apache.pekko").setLevel(Level.ERROR);
        }
    }

    private static int story(DemoOptions options, String script, PrintStream out) throws Exception {
        if (!script.equals(SWITCH_FAILURE)) {
            System.err.println("lunwarden: there is no story '" + script + "'; there is " + SWITCH_FAILURE);
            return 2;
        }
        var line = new StoryLine(out);
        line.tell("start", "story", script, "hosts", options.hosts(), "views", 1);
        try (var fleet = DemoFleet.start(options.hosts(), 0, done -> {})) {
            return new SwitchFailureStory(fleet, line, part -> fleet.faults().fail(part.id())).tell();
        }
    }

    private static int show(DemoOptions options, PrintStream out) throws Exception {
        out.println("Starting one view and " + options.hosts() + " hosts over a simulated SAN of two fabrics ...");
        try (var signal = EndSignal.listen();
                var fleet = DemoFleet.start(options.hosts(), options.port(), what -> say(out, what));
                var heard = fleet.view().subscribe(Optional.empty(), event -> tell(out, event))) {
            out.println("Open   http://127.0.0.1:" + fleet.port() + "   (Ctrl-C ends the demonstration)");
            awaitWell(fleet, signal, out);
            signal.await();
            out.println("Stopping ...");
        }
        return 0;
    }

    private static void awaitWell(DemoFleet fleet, EndSignal signal, PrintStream out) throws InterruptedException {
        for (var waited = 1; !signal.isGiven(); waited++) {
            if (fleet.isWell(Duration.ofSeconds(1))) {
                var counts = fleet.counts();
                say(
                        out,
                        counts.hosts() + " hosts report " + counts.nexuses() + " nexuses and " + counts.maps()
                                + " maps, all well: choose a part of the picture and fail it");
                return;
            }
            if (waited % COMPLAIN_SECONDS == 0) {
                say(out, "not yet as it should be: " + fleet.complaint());
            }
        }
    }

    private static void tell(PrintStream out, FleetEvent event) {
        if (event.what() instanceof IncidentChanged(var change, var incident)) {
            say(out, "incident " + incident.id() + " " + change + ": " + incident.words());
        } else if (event.what() instanceof FailbackChanged(var failback, var hosts)) {
            say(
                    out,
                    "failback " + failback.id() + ": " + failback.phase() + ", " + failback.mapsDone() + " of "
                            + failback.maps() + " maps"
                            + (failback.reason().isEmpty() ? "" : ": " + failback.reason()));
        } else if (event.what() instanceof HostSilent(var host, var lastSeen)) {
            say(out, host + " is silent");
        }
    }

    private static void say(PrintStream out, String what) {
        out.println(LocalTime.now(ZoneId.systemDefault()).format(CLOCK) + "  " + what);
    }
}
