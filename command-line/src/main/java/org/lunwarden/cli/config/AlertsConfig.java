package org.lunwarden.cli.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.typesafe.config.ConfigUtil;

import org.lunwarden.fleet.Alerting;
import org.lunwarden.fleet.MemberAddress;
import org.lunwarden.fleet.alert.AlertSettings;
import org.lunwarden.fleet.channel.ChannelSettings;
import org.lunwarden.fleet.channel.ChannelSettings.Mail.Security;
import org.lunwarden.fleet.channel.ChannelSettings.Syslog.Transport;
import org.lunwarden.fleet.diagnosis.Names;

/** Reads {@code lunwarden.alerts}: who is told of incidents, and when. */
final class AlertsConfig {

    static final String ROOT = "lunwarden.alerts";

    /** What a channel of each kind has, and its defaults. */
    private static final String DEFAULTS = ROOT + ".defaults.";

    static final List<String> KINDS = List.of("alertmanager", "webhook", "syslog", "mail");

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final List<String> FACILITIES = List.of(
            "kern",
            "user",
            "mail",
            "daemon",
            "auth",
            "syslog",
            "lpr",
            "news",
            "uucp",
            "cron",
            "authpriv",
            "ftp",
            "ntp",
            "security",
            "console",
            "solaris-cron",
            "local0",
            "local1",
            "local2",
            "local3",
            "local4",
            "local5",
            "local6",
            "local7");

    private final ConfigReader reader;
    private final boolean isView;
    private final Set<String> names = new HashSet<>();

    /** @param isView whether this daemon will use it: files need not be there otherwise */
    AlertsConfig(ConfigReader reader, boolean isView) {
        this.reader = reader;
        this.isView = isView;
    }

    /** The sections in which names are free. */
    static Stream<String> free() {
        return KINDS.stream().map(kind -> ROOT + "." + kind);
    }

    Optional<Alerting> read() {
        var when = new AlertSettings(
                reader.text(
                        ROOT + ".link",
                        text -> text.isEmpty()
                                ? Optional.of("")
                                : url(text).map(URI::toString).map(AlertsConfig::bare),
                        "a URL"),
                pause(reader, ROOT + ".least"),
                pause(reader, ROOT + ".spacing"),
                pause(reader, ROOT + ".remind"),
                pause(reader, ROOT + ".forgotten"),
                Names.NONE);
        var spool = reader.text(ROOT + ".spool");
        var gather = pause(reader, ROOT + ".gather");
        var channels = new ArrayList<ChannelSettings>();
        for (var kind : KINDS) {
            for (var name : reader.keys(ROOT + "." + kind)) {
                channel(kind, name).ifPresent(channels::add);
            }
        }
        return built(
                reader,
                ROOT,
                () -> new Alerting(
                        when, channels, spool.isEmpty() ? Optional.empty() : Optional.of(Path.of(spool)), gather));
    }

    private Optional<ChannelSettings> channel(String kind, String name) {
        var section = ConfigUtil.joinPath("lunwarden", "alerts", kind, name);
        var own = reader.section(section, DEFAULTS + kind);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,39}")) {
            reader.wrong(section, "a name has up to 40 letters, digits, dots, dashes and underscores");
            return Optional.empty();
        }
        if (!names.add(name)) {
            reader.wrong(section, "another channel is called '" + name + "', too");
            return Optional.empty();
        }
        var channel = new Section(own.get(), section + ".");
        return switch (kind) {
            case "alertmanager" -> channel.alertmanager(name);
            case "webhook" -> channel.webhook(name);
            case "syslog" -> channel.syslog(name);
            default -> channel.mail(name);
        };
    }

    /** One channel's. */
    private final class Section {
        private final ConfigReader own;
        private final String at;

        Section(ConfigReader own, String at) {
            this.own = own;
            this.at = at;
        }

        private Optional<ChannelSettings> alertmanager(String name) {
            var urls = own.texts(at + "urls").stream()
                    .flatMap(text -> url(text)
                            .or(() -> {
                                own.wrong(at + "urls", "one of them is not a URL");
                                return Optional.empty();
                            })
                            .stream())
                    .toList();
            var resend = pause(own, at + "resend");
            var expire = pause(own, at + "expire");
            var token = secret("token-file");
            var authority = authority();
            if (own.texts(at + "urls").isEmpty()) {
                missing("urls");
                return Optional.empty();
            }
            if (token.isPresent() && urls.stream().anyMatch(AlertsConfig::isOpen)) {
                own.wrong(at + "token-file", "a token is not sent without TLS");
            }
            return built(
                    own,
                    at + "expire",
                    () -> new ChannelSettings.Alertmanager(name, urls, resend, expire, token, authority));
        }

        private Optional<ChannelSettings> webhook(String name) {
            var text = own.text(at + "url");
            var url = url(text);
            if (text.isEmpty()) {
                missing("url");
            } else if (url.isEmpty()) {
                // not shown: with the webhooks of chats it is a secret
                own.wrong(at + "url", "it is not a URL");
            }
            var secret = secret("secret-file");
            var authority = authority();
            return url.map(to -> new ChannelSettings.Webhook(name, to, secret, authority));
        }

        private Optional<ChannelSettings> syslog(String name) {
            var transport = own.text(at + "transport", text -> word(Transport.values(), text), "udp, tcp or tls");
            var host = required("host", AlertsConfig::host, "a host");
            var port = own.number(at + "port", 0, 65_535);
            var facility = own.text(
                    at + "facility",
                    text -> Optional.of(FACILITIES.indexOf(text)).filter(known -> known >= 0),
                    "a facility, such as daemon or local0");
            var authority = authority();
            return host.map(to -> new ChannelSettings.Syslog(
                    name,
                    transport,
                    to,
                    port > 0 ? port : transport == Transport.TLS ? 6514 : 514,
                    facility,
                    authority));
        }

        private Optional<ChannelSettings> mail(String name) {
            var host = required("host", AlertsConfig::host, "a host");
            var port = own.number(at + "port", 0, 65_535);
            var security = own.text(at + "security", text -> word(Security.values(), text), "starttls, tls or none");
            var user = own.text(at + "user");
            var password = secret("password-file");
            var from = required("from", AlertsConfig::mailbox, "an address");
            var to = own.texts(at + "to");
            to.stream()
                    .filter(each -> mailbox(each).isEmpty())
                    .forEach(each -> own.wrong(at + "to", "'" + each + "' is not an address"));
            var authority = authority();
            if (user.isEmpty() == password.isPresent()) {
                own.wrong(at + "user", "user and password-file go together");
            }
            if (to.isEmpty()) {
                missing("to");
            }
            if (host.isEmpty() || from.isEmpty() || to.isEmpty()) {
                return Optional.empty();
            }
            var usual = security == Security.TLS ? 465 : security == Security.STARTTLS ? 587 : 25;
            return built(
                    own,
                    at + "to",
                    () -> new ChannelSettings.Mail(
                            name,
                            host.get(),
                            port > 0 ? port : usual,
                            security,
                            user,
                            password,
                            from.get(),
                            to,
                            authority));
        }

        private <T> Optional<T> required(String key, Function<String, Optional<T>> parse, String expected) {
            var text = own.text(at + key);
            var parsed = parse.apply(text);
            if (parsed.isEmpty() && text.isEmpty()) {
                missing(key);
            } else if (parsed.isEmpty()) {
                own.wrong(at + key, "'" + text + "' is not " + expected);
            }
            return parsed;
        }

        /** Told where the channel begins: the default stands in no file of the site. */
        private void missing(String key) {
            reader.wrong(at.substring(0, at.length() - 1), key + " must be said");
        }

        /** A file that only its owner, and perhaps a group, can read. */
        private Optional<Path> secret(String key) {
            var text = own.text(at + key);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            var file = Path.of(text);
            if (isView) {
                PemFile.openToOthers(file).ifPresent(problem -> own.wrong(at + key, problem));
            }
            return Optional.of(file);
        }

        private Optional<Path> authority() {
            var text = own.text(at + "authority");
            if (text.isEmpty()) {
                return Optional.empty();
            }
            var file = Path.of(text);
            if (isView) {
                PemFile.problem(file, false).ifPresent(problem -> own.wrong(at + "authority", problem));
            }
            return Optional.of(file);
        }
    }

    private static Duration pause(ConfigReader of, String key) {
        return of.duration(key, Duration.ofSeconds(1), LONGEST);
    }

    private static <T> Optional<T> built(ConfigReader of, String key, Supplier<T> build) {
        try {
            return Optional.of(build.get());
        } catch (IllegalArgumentException wrong) {
            of.wrong(key, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<URI> url(String text) {
        try {
            var url = new URI(text);
            var isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return isHttp && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException wrong) {
            return Optional.empty();
        }
    }

    /** Whether what is sent there can be read on the way. */
    private static boolean isOpen(URI url) {
        return "http".equals(url.getScheme()) && !new MemberAddress(url.getHost(), 0).isLoopback();
    }

    private static String bare(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static Optional<String> host(String text) {
        return text.matches("[A-Za-z0-9:][A-Za-z0-9.:_-]{0,252}") ? Optional.of(text) : Optional.empty();
    }

    private static Optional<String> mailbox(String text) {
        return text.matches("[^\\s@<>,;]+@[^\\s@<>,;]+") ? Optional.of(text) : Optional.empty();
    }

    private static <E extends Enum<E>> Optional<E> word(E[] values, String text) {
        return Stream.of(values)
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }
}
