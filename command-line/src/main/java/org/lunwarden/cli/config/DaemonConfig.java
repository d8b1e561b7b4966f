package org.lunwarden.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;

import org.lunwarden.cli.config.DaemonSettings.Listen;
import org.lunwarden.conf.effective.NotOffered;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.Severity;
import org.lunwarden.fleet.Alerting;
import org.lunwarden.fleet.FleetRole;
import org.lunwarden.fleet.FleetSettings;
import org.lunwarden.fleet.FleetTimings;
import org.lunwarden.fleet.MemberAddress;
import org.lunwarden.fleet.TlsFiles;
import org.lunwarden.fleet.audit.AuditSettings;
import org.lunwarden.fleet.history.HistorySettings;
import org.lunwarden.fleet.sitefile.SiteFileReader;
import org.lunwarden.io.HostFacts;
import org.lunwarden.model.fleet.HostId;
import org.lunwarden.node.site.Site;
import org.lunwarden.node.site.SiteReader;

/**
 * Reads the configuration of a daemon: a HOCON file over {@code lunwarden-reference.conf}, which documents every key.
 * All problems are found in one run.
 */
public final class DaemonConfig {

    private static final String REFERENCE = "lunwarden-reference.conf";
    private static final String ROOT = "lunwarden";
    private static final String MULTIPATH_CONF = ROOT + ".multipath-conf.";
    private static final String NAMES = ROOT + ".fleet.names";
    private static final String SITE_FILE = ROOT + ".fleet.site-file";
    private static final int MOST_EXPECTED = 100_000;
    private static final Duration LONGEST = Duration.ofDays(365);

    private final ConfigReader reader;
    private final Kind kind;
    private final HostFacts facts;
    private final List<String> remarks = new ArrayList<>();

    private DaemonConfig(ConfigReader reader, Kind kind, HostFacts facts) {
        this.reader = reader;
        this.kind = kind;
        this.facts = facts;
    }

    /** What the daemon will be. */
    public enum Kind {
        NODE,
        VIEW
    }

    /** The outcome of reading: settings, or all that is wrong. */
    public sealed interface Loaded {
        record Settings(DaemonSettings settings) implements Loaded {}

        /** @param problems at least one */
        record Broken(List<Problem> problems) implements Loaded {}
    }

    /**
     * @param file none: the defaults alone
     * @param facts of this host; its name is taken when the configuration gives none
     */
    public static Loaded load(Optional<Path> file, Kind kind, HostFacts facts) {
        var defaults = ConfigFactory.parseResources(DaemonConfig.class.getClassLoader(), REFERENCE);
        Config given;
        try {
            given = file.map(DaemonConfig::parse).orElseGet(ConfigFactory::empty);
        } catch (ConfigException wrong) {
            var where = wrong.origin() == null
                    ? file.map(Path::toString).orElse(REFERENCE)
                    : ConfigReader.where(wrong.origin());
            return new Loaded.Broken(List.of(new Problem(where, "", String.valueOf(wrong.getMessage()))));
        }
        var config = given.withFallback(defaults);
        var reader = new ConfigReader(config, defaults);
        reader.refuseUnknownKeys(
                given,
                ROOT,
                Stream.concat(Stream.of(NAMES), AlertsConfig.free()).toList());
        reader.refuseOtherRoots(given, ROOT);
        var settings = new DaemonConfig(reader, kind, facts).settings();
        return settings.isPresent() && reader.problems().isEmpty()
                ? new Loaded.Settings(settings.get())
                : new Loaded.Broken(reader.problems());
    }

    private static Config parse(Path file) {
        if (!Files.isReadable(file)) {
            throw new ConfigException.IO(
                    com.typesafe.config.ConfigOriginFactory.newFile(file.toString()), "cannot be read");
        }
        return ConfigFactory.parseFile(
                        file.toFile(),
                        ConfigParseOptions.defaults()
                                .setSyntax(ConfigSyntax.CONF)
                                .setAllowMissing(false))
                .resolve();
    }

    private Optional<DaemonSettings> settings() {
        var multipath = multipath();
        var host = host();
        var lookAgain = reader.duration(ROOT + ".node.look-again", Duration.ofSeconds(1), LONGEST);
        var lostAfter = pause(ROOT + ".node.lost-after");
        var lockMemory = reader.flag(ROOT + ".node.lock-memory");
        var oomProtect = reader.flag(ROOT + ".node.oom-protect");
        var joins = reader.flag(ROOT + ".fleet.join") || kind == Kind.VIEW;
        var fleet = host.flatMap(this::fleet);
        var http = new Listen(loopback(ROOT + ".http.address"), reader.number(ROOT + ".http.port", 0, 65_535));
        return host.map(id -> new DaemonSettings(
                id,
                Site.of(multipath),
                siteReader(multipath),
                remarks,
                lookAgain,
                lostAfter,
                lockMemory,
                oomProtect,
                joins ? fleet : Optional.empty(),
                siteFile(),
                http,
                metrics(),
                audit()));
    }

    private Optional<Path> siteFile() {
        return Optional.of(reader.text(SITE_FILE))
                .filter(file -> !file.isEmpty() && isView())
                .map(Path::of);
    }

    /** That the site file can be used is found out at the start, before anything runs. */
    private void tryOutSiteFile() {
        siteFile().map(SiteFileReader::read).ifPresent(read -> {
            if (read instanceof SiteFileReader.Read.Broken(var problems)) {
                problems.forEach(problem -> reader.wrong(SITE_FILE, problem.toString()));
            }
        });
    }

    private boolean isView() {
        return kind == Kind.VIEW || reader.flag(ROOT + ".fleet.host-is-view");
    }

    private Optional<Listen> metrics() {
        var section = ROOT + ".node.metrics.";
        var port = reader.number(section + "port", 0, 65_535);
        return reader.text(section + "address").isEmpty()
                ? Optional.empty()
                : Optional.of(new Listen(loopback(section + "address"), port));
    }

    private AuditSettings audit() {
        var section = ROOT + ".audit.";
        return new AuditSettings(
                reader.number(section + "fabrics", 0, MOST_EXPECTED),
                reader.number(section + "controllers", 0, MOST_EXPECTED),
                reader.number(section + "hbas", 0, MOST_EXPECTED),
                reader.number(section + "paths", 0, MOST_EXPECTED),
                reader.number(section + "initiators", 0, MOST_EXPECTED),
                reader.number(section + "peers", 1, MOST_EXPECTED),
                reader.number(section + "agreeing-percent", 51, 100) / 100.0);
    }

    private Optional<HostId> host() {
        var key = ROOT + ".host";
        var name = reader.text(key);
        return built(key, () -> new HostId(name.isEmpty() ? facts.hostname() : name));
    }

    /** What a site says of its paths and maps; a view, which has none, reads no such file. */
    private MultipathConf multipath() {
        if (kind == Kind.VIEW) {
            return MultipathConf.builtIn(facts.nativeNvme());
        }
        return switch (files().load(facts.nativeNvme())) {
            case org.lunwarden.conf.load.Loaded.Usable(var conf, var problems) -> {
                problems.forEach(problem -> remarks.add(problem.toString()));
                remarks.addAll(NotOffered.in(conf));
                yield conf;
            }
            case org.lunwarden.conf.load.Loaded.Refused(var problems) -> {
                problems.forEach(reader::refuse);
                yield MultipathConf.builtIn(facts.nativeNvme());
            }
        };
    }

    private SiteReader siteReader(MultipathConf asItIs) {
        if (kind == Kind.VIEW) {
            return SiteReader.of(Site.of(asItIs));
        }
        var files = files();
        // an editor may be about to write it anew; a site that wants none leaves an empty one
        var mustBeThere = new AtomicBoolean(files.isThere());
        return () -> {
            mustBeThere.compareAndSet(false, files.isThere());
            return reread(files.asThere(mustBeThere.get()).load(facts.nativeNvme()));
        };
    }

    /** A drop-in that cannot be used is left out at the start; what it said before is not to end without a word. */
    private static SiteReader.Reading reread(org.lunwarden.conf.load.Loaded loaded) {
        var fatal = loaded.problems().stream()
                .filter(problem -> problem.severity() == Severity.FATAL)
                .map(org.lunwarden.conf.text.Problem::toString)
                .toList();
        if (fatal.isEmpty() && loaded instanceof org.lunwarden.conf.load.Loaded.Usable(var conf, var problems)) {
            var remarks = new ArrayList<String>();
            problems.forEach(problem -> remarks.add(problem.toString()));
            remarks.addAll(NotOffered.in(conf));
            return new SiteReader.Usable(Site.of(conf), remarks);
        }
        return new SiteReader.Refused(
                fatal.isEmpty()
                        ? loaded.problems().stream()
                                .map(org.lunwarden.conf.text.Problem::toString)
                                .toList()
                        : fatal);
    }

    /** A file that is not where nobody said it were is an empty one. */
    private SiteFiles files() {
        var file = Path.of(reader.text(MULTIPATH_CONF + "file"));
        var isUsual = file.equals(SiteFiles.OF_HOST.main());
        return new SiteFiles(file, isUsual, Optional.of(Path.of(reader.text(MULTIPATH_CONF + "drop-ins"))));
    }

    private Optional<FleetSettings> fleet(HostId host) {
        var section = ROOT + ".fleet.";
        var roles = EnumSet.of(kind == Kind.VIEW ? FleetRole.VIEW : FleetRole.HOST);
        if (reader.flag(section + "host-is-view") && kind == Kind.NODE) {
            roles.add(FleetRole.VIEW);
        }
        var cluster = reader.text(section + "cluster");
        var address = new MemberAddress(reader.text(section + "address"), reader.number(section + "port", 0, 65_535));
        var seeds = reader.texts(section + "seeds").stream()
                .flatMap(seed -> seed(section + "seeds", seed).stream())
                .toList();
        var tls = tls(section + "tls.");
        tryOutSiteFile();
        var names = reader.names(NAMES);
        var timings = built(section + "silence", () -> timings(section));
        var alerting = new AlertsConfig(reader, roles.contains(FleetRole.VIEW)).read();
        if (tls.isEmpty() && !address.isLoopback()) {
            reader.wrong(
                    section + "address", "TLS is required unless the address is a loopback one: " + address.host());
            return Optional.empty();
        }
        var history = history(host);
        return timings.flatMap(clockwork -> built(
                section + "cluster",
                () -> new FleetSettings(
                        host,
                        Set.copyOf(roles),
                        cluster,
                        address,
                        seeds,
                        tls,
                        clockwork,
                        names,
                        history,
                        alerting.orElse(Alerting.NONE),
                        new FailbackConfig(reader, host).read())));
    }

    private Optional<HistorySettings> history(HostId host) {
        var section = ROOT + ".history.";
        var folder = reader.text(section + "folder");
        var url = reader.text(section + "server.url");
        var user = reader.text(section + "server.user");
        var password = Optional.of(reader.text(section + "server.password-file"))
                .filter(file -> !file.isEmpty())
                .map(Path::of);
        var retention = reader.duration(section + "retention", Duration.ofHours(1), Duration.ofDays(3650));
        var where = url.isEmpty()
                ? Optional.of(folder)
                        .filter(text -> !text.isEmpty())
                        .<HistorySettings.Where>map(text -> new HistorySettings.Folder(Path.of(text, host.value())))
                : this.<HistorySettings.Where>built(
                        section + "server.url", () -> new HistorySettings.Server(url, user, password));
        return where.map(place -> new HistorySettings(place, retention));
    }

    private Optional<MemberAddress> seed(String key, String text) {
        return built(key, () -> MemberAddress.parse(text));
    }

    /** What a type refuses is a problem of the key that it is built of. */
    private <T> Optional<T> built(String key, Supplier<T> build) {
        try {
            return Optional.of(build.get());
        } catch (IllegalArgumentException wrong) {
            reader.wrong(key, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<TlsFiles> tls(String section) {
        var named = List.of("key", "certificate", "authority").stream()
                .filter(file -> !reader.text(section + file).isEmpty())
                .toList();
        for (var file : named) {
            var path = Path.of(reader.text(section + file));
            PemFile.problem(path, file.equals("key")).ifPresent(problem -> reader.wrong(section + file, problem));
        }
        if (named.isEmpty()) {
            return Optional.empty();
        }
        if (named.size() < 3) {
            reader.wrong(section + named.get(0), "key, certificate and authority go together");
            return Optional.empty();
        }
        return Optional.of(new TlsFiles(
                Path.of(reader.text(section + "key")),
                Path.of(reader.text(section + "certificate")),
                Path.of(reader.text(section + "authority")),
                pause(section + "reread")));
    }

    private FleetTimings timings(String section) {
        return new FleetTimings(
                pause(section + "heartbeat"),
                pause(section + "silence"),
                pause(section + "report-retry"),
                pause(section + "diagnosis-tick"),
                pause(section + "settle"),
                pause(section + "hold"),
                pause(section + "answer"),
                pause(section + "stable-after"),
                pause(section + "rejoin"),
                pause(section + "forget"));
    }

    private Duration pause(String key) {
        return reader.duration(key, Duration.ofMillis(10), LONGEST);
    }

    private String loopback(String key) {
        return reader.text(
                key,
                address -> new MemberAddress(address.isBlank() ? "?" : address, 0).isLoopback()
                        ? Optional.of(address)
                        : Optional.empty(),
                "a loopback address; without TLS and authentication nothing else is taken");
    }
}
