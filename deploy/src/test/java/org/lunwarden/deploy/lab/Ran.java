package org.lunwarden.deploy.lab;

/** How a command ended: its exit status (124: no answer in time, 70: the guest died), what it wrote to both streams. */
public record Ran(int exit, String out, String err) {

    /** What the command wrote, when it succeeded. */
    public String output() {
        if (exit != 0) {
            throw new AssertionError("exit status " + exit + "\n" + out + err);
        }
        return out;
    }

    /** The same for commands whose only line is the answer. */
    public String line() {
        return output().strip();
    }

    /** The number behind {@code key=} in an answer made of {@code key=value} words. */
    public long number(String key) {
        for (String word : out.split("\\s+", -1)) {
            if (word.startsWith(key + "=")) {
                return Long.parseLong(word.substring(key.length() + 1));
            }
        }
        throw new AssertionError("no " + key + "= in " + out + err);
    }
}
