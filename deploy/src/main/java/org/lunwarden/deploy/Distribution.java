package org.lunwarden.deploy;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.cli.Launch;
import org.lunwarden.cli.config.DaemonSettings;
import org.lunwarden.deploy.daemon.AdminDoor;
import org.lunwarden.deploy.daemon.Daemon;
import org.lunwarden.deploy.daemon.OldSpace;
import org.lunwarden.deploy.daemon.SelfProtection;
import org.lunwarden.deploy.daemon.ServiceWatch;
import org.lunwarden.deploy.daemon.SoleOwner;
import org.lunwarden.deploy.demo.Demo;
import org.lunwarden.io.HostFacts;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.linux.LinuxHost;
import org.lunwarden.io.linux.SystemdManager;
import org.lunwarden.node.HostSurvey;
import org.lunwarden.node.NodeSettings;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.site.SiteReader;

/** What the command line launches, with the adapters of a real Linux host. */
final class Distribution implements Launch {

    private static final Logger LOG = LoggerFactory.getLogger(Distribution.class);

    private final HangUp hangUp;

    Distribution(HangUp hangUp) {
        this.hangUp = hangUp;
    }

    @Override
    public int node(DaemonSettings settings) {
        try (var owner = SoleOwner.claim()) {
            settings.remarks().forEach(LOG::warn);
            SelfProtection.apply(settings).forEach(LOG::warn);
            logAs(settings.site());
            return untilTold(() -> Daemon.ofHost(
                    LinuxHost.open(), settings.reading(logging(settings.siteReader())), new SystemdManager()));
        } catch (IllegalStateException taken) {
            return failed(taken);
        }
    }

    /** What is read again may ask for another log. */
    private static SiteReader logging(SiteReader reader) {
        return () -> {
            var reading = reader.read();
            if (reading instanceof SiteReader.Usable(var site, var remarks)) {
                logAs(site);
            }
            return reading;
        };
    }

    private static void logAs(Site site) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log) {
            ConsoleLog.follow(site.process().verbosity(), log);
        }
    }

    @Override
    public int view(DaemonSettings settings) {
        return untilTold(() -> Daemon.ofView(settings, Optional.empty()));
    }

    @Override
    public int demo(DemoOptions options) {
        return Demo.run(options, System.out);
    }

    @Override
    public Survey survey(DaemonSettings settings) {
        var node = NodeSettings.of(settings.host(), Release.version(), settings.site());
        return switch (HostSurvey.survey(LinuxHost.open(), node)) {
            case IoResult.Ok<HostSurvey.Surveyed>(var seen) ->
                new Survey(
                        seen.maps(),
                        seen.unread().entrySet().stream()
                                .map(disk -> disk.getKey() + " was not read: " + disk.getValue())
                                .toList());
            case IoResult.Refused<HostSurvey.Surveyed> refused -> new Survey(List.of(), List.of(refused.toString()));
        };
    }

    @Override
    public String version() {
        return Release.version();
    }

    @Override
    public HostFacts facts() {
        return LinuxHost.facts();
    }

    @Override
    public HostPorts host() {
        return LinuxHost.open();
    }

    /** Runs until SIGTERM or SIGINT, then stops in order. */
    private int untilTold(Supplier<Daemon> start) {
        try (var signal = EndSignal.listen()) {
            return signal.endWith(run(start, signal));
        }
    }

    private int run(Supplier<Daemon> start, EndSignal signal) {
        try (var daemon = start.get();
                var watch = ServiceWatch.begin(daemon.node());
                var memory = OldSpace.watch();
                var door = AdminDoor.open(daemon)) {
            hangUp.serve(daemon::reload);
            LOG.info("lunwarden {} is up", Release.version());
            signal.await();
            return 0;
        } catch (IllegalStateException | UnsupportedOperationException broken) {
            return failed(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** Not through the log, which may not be written any more when the process ends right after. */
    private static int failed(RuntimeException why) {
        System.err.println("lunwarden: " + why.getMessage());
        return 1;
    }
}
