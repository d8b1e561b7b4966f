package org.lunwarden.deploy.architecture.breach.deploy;

public record Deployed(org.lunwarden.deploy.architecture.breach.map.Mapped map) {}
