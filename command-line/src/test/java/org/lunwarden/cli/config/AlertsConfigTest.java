package org.lunwarden.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.cli.config.DaemonConfig.Kind;
import org.lunwarden.cli.config.DaemonConfig.Loaded;
import org.lunwarden.fleet.Alerting;
import org.lunwarden.fleet.channel.ChannelSettings;
import org.lunwarden.fleet.channel.ChannelSettings.Mail.Security;
import org.lunwarden.fleet.channel.ChannelSettings.Syslog.Transport;
import org.lunwarden.io.HostFacts;

class AlertsConfigTest {

    private static final HostFacts VIEW1 = new HostFacts("view1", "", "", false);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void withoutAWordNobodyIsTold() throws IOException {
        assertThat(alerting("lunwarden {}")).isEqualTo(Alerting.NONE);
    }

    @Test
    void everyChannelHasItsDefaultsAndWhatTheFileSays() throws IOException {
        var secret = secret("rw-r-----");

        var alerting = alerting("""
                lunwarden.alerts {
                  link = "https://san.example.com/"
                  spool = /var/lib/lunwarden/alerts
                  defaults.mail.host = relay.example.com
                  alertmanager.site { urls = ["http://127.0.0.1:9093", "https://am2.example.com"], resend = 30 s }
                  webhook.pager { url = "https://pager.example.com/in?k=1", secret-file = "%s" }
                  syslog { log { host = logs.example.com, transport = tls, facility = local3 } }
                  mail.night { from = "lunwarden@example.com", to = ["oncall@example.com"], user = u, password-file = "%s" }
                }
                """.formatted(secret, secret));

        assertThat(alerting.when().link()).isEqualTo("https://san.example.com");
        assertThat(alerting.spool()).contains(Path.of("/var/lib/lunwarden/alerts"));
        assertThat(alerting.channels())
                .containsExactly(
                        new ChannelSettings.Alertmanager(
                                "site",
                                List.of(URI.create("http://127.0.0.1:9093"), URI.create("https://am2.example.com")),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(5),
                                Optional.empty(),
                                Optional.empty()),
                        new ChannelSettings.Webhook(
                                "pager",
                                URI.create("https://pager.example.com/in?k=1"),
                                Optional.of(secret),
                                Optional.empty()),
                        new ChannelSettings.Syslog(
                                "log", Transport.TLS, "logs.example.com", 6514, 19, Optional.empty()),
                        new ChannelSettings.Mail(
                                "night",
                                "relay.example.com",
                                587,
                                Security.STARTTLS,
                                "u",
                                Optional.of(secret),
                                "lunwarden@example.com",
                                List.of("oncall@example.com"),
                                Optional.empty()));
    }

    @Test
    void everyProblemIsToldWithItsLine() throws IOException {
        var open = secret("rw-r--r--");

        var problems = problems("""
                lunwarden.alerts {
                  link = "ftp://x"
                  webhook.pager { secret-file = "%s" }
                  webhook.other { url = "https://x", urll = "y" }
                  syslog.log { host = a, transport = pigeon }
                  mail.night { host = a, from = nobody, to = [], security = none }
                  alertmanager.am { urls = ["https://a"], expire = 70 s }
                  alertmanager.log { urls = ["http://am.example.com"], token-file = "/nonexistent" }
                  syslog.am = 7
                  webhook.chat { url = "chat.example.com/hush" }
                  alertmanager.two { urls = ["https://a", "am/hush"] }
                }
                """.formatted(open));

        assertThat(problems.stream().map(each -> each.replace(folder + "/", "")))
                .containsExactlyInAnyOrder(
                        "view.conf:2: lunwarden.alerts.link: 'ftp://x' is not a URL",
                        "view.conf:3: lunwarden.alerts.webhook.pager: url must be said",
                        "view.conf:3: lunwarden.alerts.webhook.pager.secret-file: 'secret' can be read by everybody",
                        "view.conf:4: lunwarden.alerts.webhook.other.urll: no such key; did you mean"
                                + " lunwarden.alerts.webhook.other.url?",
                        "view.conf:5: lunwarden.alerts.syslog.log: another channel is called 'log', too",
                        "view.conf:6: lunwarden.alerts.mail.night.from: 'nobody' is not an address",
                        "view.conf:6: lunwarden.alerts.mail.night: to must be said",
                        "view.conf:7: lunwarden.alerts.alertmanager.am.expire: expire must be at least twice resend",
                        "view.conf:8: lunwarden.alerts.alertmanager.log.token-file: '/nonexistent' cannot be read",
                        "view.conf:8: lunwarden.alerts.alertmanager.log.token-file: a token is not sent without TLS",
                        "view.conf:9: lunwarden.alerts.syslog.am: lunwarden.alerts.syslog.am has type NUMBER rather"
                                + " than OBJECT",
                        "view.conf:10: lunwarden.alerts.webhook.chat.url: it is not a URL",
                        "view.conf:11: lunwarden.alerts.alertmanager.two.urls: one of them is not a URL");
    }

    private Path secret(String mode) throws IOException {
        var file = Files.writeString(folder.resolve("secret"), "open sesame");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private Alerting alerting(String text) throws IOException {
        var loaded = load(text);
        assertThat(loaded).as(loaded.toString()).isInstanceOf(Loaded.Settings.class);
        return ((Loaded.Settings) loaded).settings().fleet().orElseThrow().alerting();
    }

    private List<String> problems(String text) throws IOException {
        var loaded = load(text);
        assertThat(loaded).isInstanceOf(Loaded.Broken.class);
        return ((Loaded.Broken) loaded)
                .problems().stream().map(Problem::toString).toList();
    }

    private Loaded load(String text) throws IOException {
        var file = Files.writeString(folder.resolve("view.conf"), text);
        return DaemonConfig.load(Optional.of(file), Kind.VIEW, VIEW1);
    }
}
