package org.lunwarden.deploy.architecture.breach.cli;

public record Commanded(org.lunwarden.deploy.architecture.breach.http.Served http) {}
