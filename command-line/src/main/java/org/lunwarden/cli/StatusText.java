package org.lunwarden.cli;

import java.util.ArrayList;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

/** The fleet in a few lines for a person, worst first, made of the API's figures and lists of open incidents and hosts. */
record StatusText(String text, boolean isWell) {

    static StatusText of(JsonNode fleet, JsonNode incidents, JsonNode hosts) {
        var lines = new ArrayList<String>();
        var isInFleet =
                fleet.path("member").asBoolean() && fleet.path("majority").asBoolean();
        if (!isInFleet) {
            lines.add(outOfFleet(fleet));
        }
        for (var incident : incidents.path("items")) {
            lines.add(incident.path("phase").asText().toUpperCase(Locale.ROOT) + "  "
                    + incident.path("title").asText() + "  ["
                    + incident.path("id").asText() + "]");
            lines.add("    " + incident.path("words").asText());
        }
        var reporting = 0;
        var hurt = new ArrayList<String>();
        for (var host : hosts.path("items")) {
            if (host.path("contact").asText().equals("reporting")) {
                reporting++;
            }
            var complaint = complaint(host);
            if (!complaint.isEmpty()) {
                hurt.add("    " + host.path("host").asText() + ": " + complaint);
            }
        }
        var total = hosts.path("total").asInt();
        lines.add("hosts: " + total + ", reporting: " + reporting + ", open incidents: "
                + incidents.path("total").asInt());
        lines.addAll(hurt);
        var unexplained = fleet.path("unexplainedNexuses").asInt();
        if (unexplained > 0) {
            lines.add("not explained by any incident: " + unexplained + " nexus(es)");
        }
        fleet.path("warnings").forEach(words -> lines.add("warning: " + words.asText()));
        fleet.path("notObservable").forEach(words -> lines.add("not to be told: " + words.asText()));
        return new StatusText(
                String.join("\n", lines) + "\n",
                isInFleet && incidents.path("total").asInt() == 0 && unexplained == 0 && hurt.isEmpty());
    }

    private static String outOfFleet(JsonNode fleet) {
        var view = "view " + fleet.path("view").asText();
        return fleet.path("member").asBoolean()
                ? "NO MAJORITY  " + view + " does not reach most of the views, which may know more"
                : "OUT OF THE FLEET  " + view + " is no member; what follows is "
                        + Math.round(fleet.path("ageSeconds").asDouble()) + " s old";
    }

    private static String complaint(JsonNode host) {
        var complaints = new ArrayList<String>();
        if (!host.path("contact").asText().equals("reporting")) {
            complaints.add(host.path("contact").asText() + " for "
                    + Math.round(host.path("silentSeconds").asDouble()) + " s");
        }
        add(complaints, host.path("mapsWithoutPath").asInt(), "map(s) without a path");
        add(complaints, host.path("nexuses").path("down").asInt(), "nexus(es) down");
        add(complaints, host.path("nexuses").path("partial").asInt(), "nexus(es) partly down");
        add(complaints, host.path("mapsOffBestGroup").asInt(), "map(s) off their best group");
        return String.join(", ", complaints);
    }

    private static void add(ArrayList<String> complaints, int count, String what) {
        if (count > 0) {
            complaints.add(count + " " + what);
        }
    }
}
