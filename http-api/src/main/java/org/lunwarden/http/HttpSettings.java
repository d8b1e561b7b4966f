package org.lunwarden.http;

import org.lunwarden.fleet.audit.AuditSettings;

/**
 * Where the API listens, and by what it judges.
 *
 * @param address a loopback address: there is no TLS and no authentication
 * @param port 0 takes a free one
 * @param version of the program
 */
public record HttpSettings(String address, int port, AuditSettings audit, String version) {}
