package org.lunwarden.cli.config;

/**
 * One thing that is wrong in a configuration.
 *
 * @param where file and line, for example {@code /etc/lunwarden.conf:12}
 * @param key full path of the key, for example {@code lunwarden.paths.checker}; empty when the text cannot be read at all
 */
public record Problem(String where, String key, String what) {

    @Override
    public String toString() {
        return where + ": " + (key.isEmpty() ? "" : key + ": ") + what;
    }
}
