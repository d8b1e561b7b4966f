package org.lunwarden.model.figures;

/**
 * How a host's kernel and disks answered.
 *
 * @param devices commands to path devices: checks, priorities, questions of identity
 * @param deviceMapper calls of device-mapper
 */
public record PortFigures(CallFigures devices, CallFigures deviceMapper) {}
