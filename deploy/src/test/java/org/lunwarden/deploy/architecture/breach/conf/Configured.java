package org.lunwarden.deploy.architecture.breach.conf;

public record Configured(org.lunwarden.deploy.architecture.breach.io.Ported port) {}
