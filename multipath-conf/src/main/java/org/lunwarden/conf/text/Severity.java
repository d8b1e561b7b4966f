package org.lunwarden.conf.text;

/** How much a problem of a configuration weighs. */
public enum Severity {
    /** The file cannot be used at all. */
    FATAL,
    /** Something that was written is ignored, or is taken as something else than was surely meant. */
    ERROR,
    /** What was written holds, but is outdated, has no effect, or is said twice. */
    WARNING
}
