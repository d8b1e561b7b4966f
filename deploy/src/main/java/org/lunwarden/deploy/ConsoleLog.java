package org.lunwarden.deploy;

import java.util.Locale;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * The log: lines on stderr, of our own from the level on that the site's {@code verbosity} asks for, INFO unless it says
 * otherwise, or from what {@code LUNWARDEN_LOG} says. A file that
 * {@code -Dlogback.configurationFile} names stands in its place. In Java and not in XML, since a parser of XML is a fifth
 * of what a daemon loads until it keeps its first map.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class ConsoleLog extends ContextAwareBase implements Configurator {

    private static final int QUEUE = 8192;

    @Override
    public ExecutionStatus configure(LoggerContext log) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(log);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %-5level %logger{0}: %msg%n%rEx{6}");
        encoder.start();

        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(log);
        console.setName("console");
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.start();

        var dropping = new DroppingAppender();
        dropping.setContext(log);
        dropping.setName("dropping");
        dropping.setQueueSize(QUEUE);
        dropping.addAppender(console);
        dropping.start();

        var ours = Level.toLevel(level(), Level.INFO);
        log.getLogger("lunwarden").setLevel(ours);
        log.getLogger("org.lunwarden").setLevel(ours);
        var root = log.getLogger("ROOT");
        root.setLevel(Level.WARN);
        root.addAppender(dropping);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Logs so much from now on, unless the process was started with a word of its own.
     *
     * @param verbosity of multipath.conf(5)
     */
    static void follow(int verbosity, LoggerContext log) {
        if (System.getProperty("logback.configurationFile") == null && System.getenv("LUNWARDEN_LOG") == null) {
            log.getLogger("org.lunwarden").setLevel(level(verbosity));
        }
    }

    /** The audit trail has a logger of its own, which no verbosity silences. */
    static Level level(int verbosity) {
        return switch (verbosity) {
            case 0 -> Level.ERROR;
            case 1 -> Level.WARN;
            case 2 -> Level.INFO;
            default -> Level.DEBUG;
        };
    }

    private static String level() {
        var wanted = System.getenv("LUNWARDEN_LOG");
        return wanted == null ? "INFO" : wanted.toUpperCase(Locale.ROOT);
    }
}
