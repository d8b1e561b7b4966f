package org.lunwarden.node;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

import org.lunwarden.model.DeviceName;

/** What is written to the audit trail from now on. */
final class RecordedAudit extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger log = (Logger) LoggerFactory.getLogger("lunwarden.audit");

    RecordedAudit() {
        setContext(log.getLoggerContext());
        start();
        log.addAppender(this);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    List<String> of(DeviceName disk) {
        return lines.stream()
                .filter(line -> line.startsWith("- - " + disk + ":"))
                .toList();
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
    }

    @Override
    public void close() {
        log.detachAppender(this);
    }
}
