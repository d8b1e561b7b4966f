package org.lunwarden.http;

/**
 * Where the API listens.
 *
 * @param address a loopback address: there is no TLS and no authentication
 * @param port 0 takes a free one
 */
public record HttpSettings(String address, int port) {}
