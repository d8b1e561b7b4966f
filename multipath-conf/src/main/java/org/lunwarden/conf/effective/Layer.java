package org.lunwarden.conf.effective;

/** The parts of a configuration, the one that takes precedence first. */
public enum Layer {
    MULTIPATHS("multipaths"),
    PROTOCOL("overrides/protocol"),
    OVERRIDES("overrides"),
    DEVICES("devices"),
    DEFAULTS("defaults"),
    BUILT_IN("built in");

    private final String word;

    Layer(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
