package org.lunwarden.node;

import java.util.ArrayList;
import java.util.List;

import org.lunwarden.model.fleet.HostReport;
import org.lunwarden.model.fleet.HostReports;

/** Keeps the reports that a node publishes. */
final class RecordingReports implements HostReports {

    private final List<HostReport> reports = new ArrayList<>();

    @Override
    public synchronized void publish(HostReport report) {
        reports.add(report);
    }

    synchronized List<HostReport> all() {
        return List.copyOf(reports);
    }

    synchronized HostReport last() {
        return reports.getLast();
    }

    synchronized void forget() {
        reports.clear();
    }

    synchronized boolean isEmpty() {
        return reports.isEmpty();
    }
}
