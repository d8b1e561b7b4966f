package org.lunwarden.cli;

import java.util.ArrayList;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;

/** The fleet in a few lines for a person, worst first, made of the API's lists of open incidents and of hosts. */
record StatusText(String text, boolean isWell) {

    static StatusText of(JsonNode incidents, JsonNode hosts) {
        var lines = new ArrayList<String>();
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
        return new StatusText(
                String.join("\n", lines) + "\n", incidents.path("total").asInt() == 0 && hurt.isEmpty());
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
