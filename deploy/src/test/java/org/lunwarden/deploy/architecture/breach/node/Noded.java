package org.lunwarden.deploy.architecture.breach.node;

public record Noded(
        org.lunwarden.deploy.architecture.breach.fleet.Fleeted fleet,
        org.lunwarden.deploy.architecture.breach.io.linux.Native adapter) {}
