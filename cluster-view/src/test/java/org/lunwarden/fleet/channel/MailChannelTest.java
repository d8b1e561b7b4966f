package org.lunwarden.fleet.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.channel.Samples.NOW;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

import org.lunwarden.fleet.channel.Channel.Outcome;
import org.lunwarden.fleet.channel.ChannelSettings.Mail.Security;
import org.lunwarden.fleet.tls.ThrowAwayCertificates;

class MailChannelTest {

    private final List<byte[]> arrived = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aMailGoesOverStartTlsWithUserAndPasswordAndKeepsItsIdWhenItIsSentAgain() throws Exception {
        var files = ThrowAwayCertificates.of("localhost").member("mail", folder);
        var password = Files.writeString(folder.resolve("password"), "s3cret\n");
        var server = server(SMTPServer.port(0)
                .startTlsSocketFactory(SyslogChannelTest.secured(files))
                .requireTLS()
                .requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, given, context) -> {
                    if (!user.equals("alerts") || !given.equals("s3cret")) {
                        throw new LoginFailedException();
                    }
                })));
        try {
            var channel = channel(
                    server.getPortAllocated(),
                    Security.STARTTLS,
                    Optional.of(password),
                    Optional.of(files.authority()));

            assertThat(channel.send(Samples.firing(), NOW)).isEqualTo(new Outcome.Delivered());
            assertThat(channel.send(Samples.firing(), NOW)).isEqualTo(new Outcome.Delivered());
            assertThat(channel.send(Samples.resolved(), NOW)).isEqualTo(new Outcome.Delivered());

            assertThat(arrived).hasSize(3);
            var first = mail(0);
            assertThat(first.getMessageID()).isEqualTo("<i-7-1@san1.lunwarden.invalid>");
            assertThat(mail(1).getMessageID()).isEqualTo(first.getMessageID());
            assertThat(mail(2).getMessageID()).isEqualTo("<i-7-2@san1.lunwarden.invalid>");
            assertThat(mail(2).getHeader("In-Reply-To", null)).isEqualTo(first.getMessageID());
            assertThat(first.getSubject()).startsWith("error: switch 12 of fabric B is down");
            assertThat(first.getAllRecipients()).hasSize(2);
            assertThat((String) first.getContent()).contains("Zürich", "Told because: confirmed.", "severity: error");
        } finally {
            server.stop();
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutShowingIt() throws Exception {
        var files = ThrowAwayCertificates.of("localhost").member("mail", folder);
        var password = Files.writeString(folder.resolve("password"), "wr0ng\n");
        var server = server(SMTPServer.port(0)
                .startTlsSocketFactory(SyslogChannelTest.secured(files))
                .requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, given, context) -> {
                    throw new LoginFailedException();
                })));
        try {
            var outcome = channel(
                            server.getPortAllocated(),
                            Security.STARTTLS,
                            Optional.of(password),
                            Optional.of(files.authority()))
                    .send(Samples.firing(), NOW);

            assertThat(outcome).isInstanceOf(Outcome.Again.class);
            assertThat(outcome.toString()).doesNotContain("wr0ng");
            assertThat(arrived).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void nothingIsSentToAServerThatOffersNoTlsOrIsNotTrusted() throws Exception {
        var plain = server(SMTPServer.port(0));
        try {
            assertThat(channel(plain.getPortAllocated(), Security.STARTTLS, Optional.empty(), Optional.empty())
                            .send(Samples.firing(), NOW))
                    .isInstanceOf(Outcome.Again.class);
            assertThat(channel(plain.getPortAllocated(), Security.NONE, Optional.empty(), Optional.empty())
                            .send(Samples.firing(), NOW))
                    .isEqualTo(new Outcome.Delivered());
            assertThat(arrived).hasSize(1);
        } finally {
            plain.stop();
        }
    }

    private SMTPServer server(SMTPServer.Builder builder) throws UnknownHostException {
        var server = builder.hostName("localhost")
                .bindAddress(InetAddress.getByName("localhost"))
                .messageHandler((context, from, to, data) -> arrived.add(data))
                .build();
        server.start();
        return server;
    }

    private MimeMessage mail(int number) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(arrived.get(number)));
    }

    private static MailChannel channel(int port, Security security, Optional<Path> password, Optional<Path> authority) {
        return new MailChannel(
                new ChannelSettings.Mail(
                        "mail",
                        "localhost",
                        port,
                        security,
                        "alerts",
                        password,
                        "lunwarden@example.com",
                        List.of("oncall@example.com", "storage@example.com"),
                        authority),
                "san1");
    }
}
