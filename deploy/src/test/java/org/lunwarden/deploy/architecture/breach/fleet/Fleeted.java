package org.lunwarden.deploy.architecture.breach.fleet;

public record Fleeted(org.lunwarden.deploy.architecture.breach.io.Ported port) {}
