package org.lunwarden.deploy.architecture.breach.io.linux;

public record Native(int fd) {}
