package org.lunwarden.fleet.channel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.lunwarden.fleet.alert.Notification;

/**
 * E-mail, by SMTP. The Message-ID is made of the notification's id, so that a repeat is the same message; all of one
 * incident answer its first one, which keeps them together.
 */
final class MailChannel implements Channel {

    private static final String PATIENCE = "10000";

    private final ChannelSettings.Mail settings;
    private final String fleet;

    MailChannel(ChannelSettings.Mail settings, String fleet) {
        this.settings = settings;
        this.fleet = fleet;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Outcome send(Notification notification, Instant now) {
        var where = settings.host() + ":" + settings.port();
        try {
            var session = Session.getInstance(properties());
            var message = message(session, notification);
            var transport = session.getTransport("smtp");
            try {
                if (settings.password().isPresent()) {
                    transport.connect(
                            settings.host(),
                            settings.port(),
                            settings.user(),
                            Trust.secret(settings.password().get()));
                } else {
                    transport.connect(settings.host(), settings.port(), null, null);
                }
                transport.sendMessage(message, message.getAllRecipients());
            } finally {
                close(transport);
            }
            return new Outcome.Delivered();
        } catch (AuthenticationFailedException wrong) {
            return new Outcome.Again(where + " does not take user and password");
        } catch (SendFailedException refused) {
            return refused.getValidSentAddresses() != null && refused.getValidSentAddresses().length > 0
                    ? new Outcome.Delivered()
                    : new Outcome.Again(where + ": " + refused.getMessage());
        } catch (MessagingException | IOException broken) {
            return new Outcome.Again(where + ": " + broken.getMessage());
        }
    }

    /** What was sent is sent, however the connection ends. */
    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException broken) {
            // nothing hangs on it any more
        }
    }

    private Properties properties() throws IOException {
        var properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", PATIENCE);
        properties.put("mail.smtp.timeout", PATIENCE);
        properties.put("mail.smtp.writetimeout", PATIENCE);
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.auth", Boolean.toString(settings.password().isPresent()));
        // one address that is gone keeps nobody else from being told
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        switch (settings.security()) {
            case NONE -> {}
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.put("mail.smtp.ssl.enable", "true");
        }
        if (settings.authority().isPresent()) {
            properties.put(
                    "mail.smtp.ssl.socketFactory",
                    Trust.context(settings.authority()).getSocketFactory());
        }
        return properties;
    }

    private MimeMessage message(Session session, Notification told) throws MessagingException {
        var message = new Named(session, id(told.id()));
        message.setFrom(new InternetAddress(settings.from(), true));
        for (var to : settings.to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
        }
        message.setSentDate(Date.from(told.at()));
        message.setSubject(oneLine(told.summary()), StandardCharsets.UTF_8.name());
        if (told.number() > 1) {
            message.setHeader("In-Reply-To", id(told.incident() + "-1"));
            message.setHeader("References", id(told.incident() + "-1"));
        }
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Lunwarden-Incident", told.incident());
        message.setText(text(told), StandardCharsets.UTF_8.name());
        message.saveChanges();
        return message;
    }

    private String id(String of) {
        return "<" + of.replaceAll("[^A-Za-z0-9._-]", "_") + "@" + fleet + ".lunwarden.invalid>";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static String text(Notification told) {
        var text = new StringBuilder(told.description()).append("\n\n");
        if (!told.url().isEmpty()) {
            text.append(told.url()).append('\n');
        }
        text.append("Incident ").append(told.incident()).append(", since ").append(told.startsAt());
        told.endsAt().ifPresent(end -> text.append(", over at ").append(end));
        text.append(". Told because: ").append(told.reason()).append(".\n");
        told.labels()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    /** Keeps the Message-ID that it is given. */
    private static final class Named extends MimeMessage {
        private final String id;

        Named(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
