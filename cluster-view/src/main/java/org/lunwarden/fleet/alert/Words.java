package org.lunwarden.fleet.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.lunwarden.fleet.diagnosis.Finding;
import org.lunwarden.fleet.diagnosis.Names;
import org.lunwarden.fleet.incident.Incident;

/** An incident as it is told to somebody who was asleep a minute ago: who is hurt, what it is, what not to touch, what next. */
final class Words {

    private final Names names;

    Words(Names names) {
        this.names = names;
    }

    /** One line. */
    String summary(Incident incident, Severity severity, Reach reach) {
        if (!incident.isOpen()) {
            return "resolved: " + incident.title();
        }
        return severity.word() + ": " + incident.title() + "; " + hurt(reach);
    }

    /** One line of what is amiss as ever, while it is worked on. */
    String planned(Incident incident) {
        return "in maintenance: " + incident.title();
    }

    String whilePlanned(Incident incident, Reach reach) {
        return "It is not over: " + incident.words()
                + "\nMaintenance explains what is still down; what is down at its end is" + " told again.\n"
                + remaining(reach);
    }

    private static String hurt(Reach reach) {
        if (reach.mapsWithoutPath() > 0) {
            return maps(reach.mapsWithoutPath()) + " without a path on " + hosts(reach.hostsOut());
        }
        if (reach.mapsOnOneFabric() > 0) {
            return maps(reach.mapsOnOneFabric()) + " on one fabric, " + hosts(reach.hosts()) + " concerned";
        }
        if (reach.mapsReduced() > 0) {
            return maps(reach.mapsReduced()) + " with fewer paths, " + hosts(reach.hosts()) + " concerned";
        }
        return reach.mapsUnknown() > 0
                ? "of " + maps(reach.mapsUnknown()) + " nothing is known, " + hosts(reach.hosts()) + " concerned"
                : "no map is known to be hurt, " + hosts(reach.hosts()) + " concerned";
    }

    String description(Incident incident, Reach reach) {
        var lines = new ArrayList<String>();
        if (incident.isOpen()) {
            lines.add("Who is hurt: " + who(reach));
            lines.add("What is suspected: " + incident.words());
            confidence(incident, lines);
            lines.add("Do not touch: " + untouchable(incident, reach));
            lines.add("Next: " + next(incident));
        } else if (incident.mergedInto().isPresent()) {
            lines.add("It is part of incident " + incident.mergedInto().get() + ", which goes on.");
        } else {
            lines.add("It is over: " + incident.words());
            lines.add(remaining(reach));
        }
        return String.join("\n", lines);
    }

    private static String who(Reach reach) {
        var parts = new ArrayList<String>();
        if (reach.mapsWithoutPath() > 0) {
            var more = reach.hostsOut() - reach.hostsWithoutPath().size();
            parts.add(maps(reach.mapsWithoutPath())
                    + (reach.mapsWithoutPath() == 1 ? " has" : " have")
                    + " NO PATH LEFT, on "
                    + String.join(", ", reach.hostsWithoutPath())
                    + (more > 0 ? " and " + hosts(more) + " more" : ""));
        }
        if (reach.mapsOnOneFabric() > 0) {
            parts.add(maps(reach.mapsOnOneFabric()) + (reach.mapsOnOneFabric() == 1 ? " has" : " have")
                    + " one fabric left");
        }
        if (reach.mapsReduced() > 0) {
            parts.add(maps(reach.mapsReduced()) + " lost paths, but no fabric");
        }
        if (reach.mapsUnknown() > 0) {
            parts.add("of " + maps(reach.mapsUnknown()) + " it is not known what is left");
        }
        return hosts(reach.hosts())
                + (reach.hosts() == 1 ? " is" : " are")
                + " concerned; "
                + (parts.isEmpty() ? "no map is known to be hurt" : String.join("; ", parts))
                + ".";
    }

    private void confidence(Incident incident, List<String> lines) {
        if (incident.kind() == Finding.Kind.FAULT && incident.isNamed()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "How sure: %d %%%s.",
                    Math.min(99, Math.round(incident.first().confidence() * 100)),
                    incident.runnerUp()
                            .map(next -> "; if it is not that, look at " + names.of(next.component()))
                            .orElse("")));
        }
    }

    private String untouchable(Incident incident, Reach reach) {
        var words = new ArrayList<String>();
        if (!reach.fabricsLeft().isEmpty()) {
            words.add(reach.fabricsLeft().stream().map(names::of).collect(Collectors.joining(" and "))
                    + ": "
                    + maps(reach.mapsOnOneFabric())
                    + (reach.mapsOnOneFabric() == 1 ? " hangs" : " hang")
                    + " on it alone");
        }
        if (reach.mapsWithoutPath() > 0) {
            words.add(
                    "hosts whose maps have no path: rebooting them or flushing the maps loses what waits to be written");
        }
        if (incident.kind() == Finding.Kind.SILENCE) {
            words.add("nothing is known of these hosts: count none of their paths as working");
        }
        words.add("no other work on the SAN until this is resolved");
        return String.join("; ", words) + ".";
    }

    private String next(Incident incident) {
        if (incident.kind() == Finding.Kind.SILENCE) {
            return "see whether the hosts run, their network works and their daemon is up.";
        }
        var first = incident.first().component();
        if (!incident.isNamed()) {
            return "check these one after the other, beginning with " + names.of(first) + ".";
        }
        return switch (first.kind()) {
            case HOST -> "see whether " + names.of(first) + " runs, then its HBAs and their cables.";
            case HBA_PORT -> "check the cable, the optic and the switch port of " + names.of(first) + ".";
            case HBA_FIRMWARE -> "find out what these hosts were given lately: driver, firmware or settings.";
            case SWITCH -> "look at the power, the console and the links of " + names.of(first) + ".";
            case ISL -> "check the links between the two switches: " + names.of(first) + ".";
            case SUBNET -> "check the network equipment of " + names.of(first) + ".";
            case EXPANDER -> "check the power and the cables of " + names.of(first) + ".";
            case TARGET_PORT -> "check the cable, the optic and the switch port of " + names.of(first) + ".";
            case CONTROLLER -> "ask the array whether " + names.of(first) + " is up, and why not.";
            case ARRAY -> "ask the array: is " + names.of(first) + " up, and does it still present these LUNs?";
            case SHARED_RISK -> "look at " + names.of(first) + ": what hangs on it fails together.";
            case SITE, GROUP -> "look at what is common to " + names.of(first) + ".";
            case FABRIC ->
                "look at what all of " + names.of(first) + " depends on: power, zoning, its principal switch.";
        };
    }

    private static String remaining(Reach reach) {
        return reach.mapsWithoutPath() + reach.mapsOnOneFabric() + reach.mapsReduced() + reach.mapsUnknown() == 0
                ? "All maps that it hurt have all their paths again."
                : "Still not as they were: " + who(reach);
    }

    static String maps(int count) {
        return number(count) + (count == 1 ? " map" : " maps");
    }

    static String hosts(int count) {
        return number(count) + (count == 1 ? " host" : " hosts");
    }

    private static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
