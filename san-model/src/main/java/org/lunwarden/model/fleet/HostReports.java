package org.lunwarden.model.fleet;

/** Where a host half puts its reports. Never blocks, never throws; without a fleet, reports go nowhere. */
@FunctionalInterface
public interface HostReports {

    void publish(HostReport report);
}
