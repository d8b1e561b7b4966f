package org.lunwarden.deploy.demo;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.lunwarden.http.FaultInjection;
import org.lunwarden.io.simulated.SimulatedSan;

/** Breaks and mends the parts of the demonstration's SAN that hosts can tell of. */
record DemoFaults(SimulatedSan san, Consumer<String> told) implements FaultInjection {

    @Override
    public List<Part> parts() {
        return san.parts().stream()
                .flatMap(part -> part
                        .component()
                        .map(component -> new Part(
                                id(part),
                                component,
                                part.label(),
                                san.fault(part).isPresent()))
                        .stream())
                .toList();
    }

    @Override
    public boolean fail(String id) {
        var part = find(id);
        part.ifPresent(found -> {
            told.accept("failed: " + found.label());
            san.fail(found);
        });
        return part.isPresent();
    }

    @Override
    public boolean restore(String id) {
        var part = find(id);
        part.ifPresent(found -> {
            told.accept("restored: " + found.label());
            san.restore(found);
        });
        return part.isPresent();
    }

    private Optional<org.lunwarden.io.simulated.Part> find(String id) {
        return san.parts().stream()
                .filter(part -> part.component().isPresent() && id(part).equals(id))
                .findFirst();
    }

    private static String id(org.lunwarden.io.simulated.Part part) {
        return part.component().orElseThrow().kind().word() + ":" + part.id();
    }
}
