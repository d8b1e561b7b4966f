package org.lunwarden.deploy.architecture.breach.map;

public record Mapped(org.lunwarden.deploy.architecture.breach.path.Pathed path, jnr.ffi.Pointer pointer) {}
