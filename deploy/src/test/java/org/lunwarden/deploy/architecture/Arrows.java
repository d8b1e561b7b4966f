package org.lunwarden.deploy.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.lang.ArchRule;

/**
 * The rules of the house, over any root package: the real one, and the one that holds a deliberate breach of each rule.
 */
record Arrows(String root) {

    /** Module package -> module packages it may know. Everything may know {@code model}. */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "model", Set.of(),
            "conf", Set.of("model"),
            "io", Set.of("model"),
            "path", Set.of("model", "io"),
            "map", Set.of("model", "io"),
            "node", Set.of("model", "conf", "io", "path", "map"),
            "fleet", Set.of("model"),
            "http", Set.of("model", "fleet"),
            "cli", Set.of("model", "conf", "io", "node", "fleet"),
            "deploy", Set.of("model", "io", "node", "fleet", "http", "cli"));

    /** Packages that decide: no actor, no clock, no I/O. */
    static final List<String> PURE = List.of(
            "model..",
            "conf..",
            "path.checker..",
            "path.identity..",
            "path.prio..",
            "map.features..",
            "map.group..",
            "map.plan..",
            "map.failback..",
            "map.queueing..",
            "node.command..",
            "node.discovery..",
            "node.names..",
            "node.topology..",
            "fleet.diagnosis..",
            "fleet.localization..",
            "fleet.incident..",
            "fleet.failback..",
            "fleet.audit..",
            "fleet.check..");

    /** Every rule by its name, in a fixed order. */
    Map<String, ArchRule> rules() {
        var rules = new LinkedHashMap<String, ArchRule>();
        for (var module : new TreeSet<>(ALLOWED.keySet())) {
            rules.put("arrows of " + module, onlyAllowedArrowsOf(module));
        }
        rules.put("jnr stays in io.linux", jnrStaysInTheLinuxAdapter());
        rules.put("only deploy picks an adapter", onlyDeployPicksAnAdapter());
        rules.put("deciders know no actors", decidersKnowNoActors());
        rules.put("deciders know no clock", decidersKnowNoClock());
        rules.put("the model needs nothing", theModelNeedsNothing());
        return rules;
    }

    private ArchRule onlyAllowedArrowsOf(String module) {
        var forbidden = new ArrayList<String>();
        for (var other : ALLOWED.keySet()) {
            if (!other.equals(module) && !ALLOWED.getOrDefault(module, Set.of()).contains(other)) {
                forbidden.add(in(other + ".."));
            }
        }
        return noClasses()
                .that()
                .resideInAPackage(in(module + ".."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new))
                .allowEmptyShould(true);
    }

    private ArchRule jnrStaysInTheLinuxAdapter() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("io.linux.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jnr..", "com.kenai.jffi..");
    }

    private ArchRule onlyDeployPicksAnAdapter() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(in("io.."), in("deploy.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(in("io.linux.."), in("io.simulated.."));
    }

    private ArchRule decidersKnowNoActors() {
        return noClasses()
                .that()
                .resideInAnyPackage(pure())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.pekko..", "java.net.http..", "java.nio.channels..")
                .allowEmptyShould(true);
    }

    private ArchRule decidersKnowNoClock() {
        return noClasses()
                .that()
                .resideInAnyPackage(pure())
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .allowEmptyShould(true);
    }

    private ArchRule theModelNeedsNothing() {
        return noClasses()
                .that()
                .resideInAPackage(in("model.."))
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        in("model.."), "java..", "com.fasterxml.jackson.annotation..", "org.jspecify.annotations..")
                .allowEmptyShould(true);
    }

    private String[] pure() {
        return PURE.stream().map(this::in).toArray(String[]::new);
    }

    private String in(String rest) {
        return root + "." + rest;
    }
}
