package org.lunwarden.deploy.architecture.breach.path;

public record Pathed(org.lunwarden.deploy.architecture.breach.map.Mapped map) {}
