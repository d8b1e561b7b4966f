package org.lunwarden.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

import org.lunwarden.cli.LunwardenCommand;

/** Runs command lines of {@code lunwarden}, one a line of its input: a file for what is printed, and the words. */
public final class CommandLoop {

    private CommandLoop() {}

    public static void main(String[] args) throws IOException {
        var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            List<String> words = Arrays.asList(line.split(" ", -1));
            Path answer = Path.of(words.getFirst());
            Path unfinished = answer.resolveSibling(answer.getFileName() + ".part");
            try (var out = new PrintStream(Files.newOutputStream(unfinished), true, StandardCharsets.UTF_8)) {
                System.setOut(out);
                System.setErr(out);
                LunwardenCommand.run(
                        new Distribution(HangUp.unheard()),
                        words.subList(1, words.size()).toArray(String[]::new));
            }
            Files.move(unfinished, answer, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
