package org.lunwarden.node.site;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.lunwarden.conf.regex.Ere;
import org.lunwarden.path.prio.Expressions;

/** The expressions in arguments of a prioritizer, each read once. Safe for use by several threads. */
public final class PosixExpressions implements Expressions {

    private final Map<String, Optional<Ere>> read = new ConcurrentHashMap<>();

    @Override
    public boolean find(String expression, String text) {
        return read.computeIfAbsent(expression, PosixExpressions::parse)
                .filter(ere -> ere.find(text))
                .isPresent();
    }

    private static Optional<Ere> parse(String expression) {
        return switch (Ere.parse(expression)) {
            case Ere.Parsed.Ok(var ere) -> Optional.of(ere);
            case Ere.Parsed.Malformed malformed -> Optional.empty();
        };
    }
}
