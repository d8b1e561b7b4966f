package org.lunwarden.fleet.channel;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a channel is told. Secrets stand in files, which are read when they are needed and shown nowhere.
 */
public sealed interface ChannelSettings {

    /** Unique among all channels. */
    String name();

    /**
     * All Alertmanagers of one high-availability cluster.
     *
     * @param urls each of them, without {@code /api/v2/alerts}
     * @param resend what fires is told again so often
     * @param expire what was not told again for so long is taken for resolved; several times {@code resend}
     * @param token file with a bearer token
     * @param authority PEM file; empty: what Java trusts
     */
    record Alertmanager(
            String name,
            List<URI> urls,
            Duration resend,
            Duration expire,
            Optional<Path> token,
            Optional<Path> authority)
            implements ChannelSettings {
        public Alertmanager {
            urls = List.copyOf(urls);
            if (expire.compareTo(resend.multipliedBy(2)) < 0) {
                throw new IllegalArgumentException("expire must be at least twice resend");
            }
        }
    }

    /** @param secret file with the key of the signature */
    record Webhook(String name, URI url, Optional<Path> secret, Optional<Path> authority) implements ChannelSettings {}

    /** @param facility 0 to 23 as in RFC 5424 */
    record Syslog(String name, Transport transport, String host, int port, int facility, Optional<Path> authority)
            implements ChannelSettings {
        public enum Transport {
            UDP,
            TCP,
            TLS
        }
    }

    /** @param password file */
    record Mail(
            String name,
            String host,
            int port,
            Security security,
            String user,
            Optional<Path> password,
            String from,
            List<String> to,
            Optional<Path> authority)
            implements ChannelSettings {
        public enum Security {
            /** Plain; for a relay on this machine. */
            NONE,
            STARTTLS,
            /** From the first byte. */
            TLS
        }

        public Mail {
            to = List.copyOf(to);
            if (to.isEmpty()) {
                throw new IllegalArgumentException("mail needs somebody to send it to");
            }
            if (password.isPresent() && security == Security.NONE) {
                throw new IllegalArgumentException("a password is not sent without TLS");
            }
        }
    }
}
