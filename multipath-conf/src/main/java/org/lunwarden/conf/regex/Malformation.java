package org.lunwarden.conf.regex;

/** Ends the reading of an expression; never leaves this package. */
final class Malformation extends Exception {

    private static final long serialVersionUID = 1L;

    private final int at;
    private final String problem;

    Malformation(int at, String problem) {
        super(problem, null, false, false);
        this.at = at;
        this.problem = problem;
    }

    int at() {
        return at;
    }

    String problem() {
        return problem;
    }
}
