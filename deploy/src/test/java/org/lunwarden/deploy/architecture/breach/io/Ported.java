package org.lunwarden.deploy.architecture.breach.io;

public record Ported(org.lunwarden.deploy.architecture.breach.node.Noded node) {}
