package org.lunwarden.deploy.architecture.breach.http;

public record Served(org.lunwarden.deploy.architecture.breach.node.Noded node) {}
