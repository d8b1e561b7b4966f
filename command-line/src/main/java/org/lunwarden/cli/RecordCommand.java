package org.lunwarden.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = {
            "Records what a view knows of all nexuses, as JSON lines that lunwarden diagnose reads: all of them at first, then what",
            "changes, until it is stopped. lunwarden diagnose --at TIME FILE says again what the view said at any time between.",
            "Exit code: 0 the time is over, 1 the file cannot be written, 3 the view does not answer at the start."
        })
final class RecordCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    private static final String PATH = "/api/v1/observations";

    @Mixin
    private final ViewOption view = new ViewOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; what the file held is lost. Default: standard output.")
    private @Nullable Path file;

    @Option(
            names = "--every",
            paramLabel = "MILLISECONDS",
            defaultValue = "1000",
            description = "How often the view is asked. Default: 1000.")
    private long every = 1000;

    @Option(names = "--for", paramLabel = "SECONDS", description = "Stop after so long; 0: ask once. Default: never.")
    private @Nullable Long seconds;

    @Override
    public Integer call() throws InterruptedException {
        if (every < 100 || (seconds != null && seconds < 0)) {
            throw new ParameterException(spec().commandLine(), "--every is at least 100, and --for not below 0");
        }
        var to = file;
        if (to == null) {
            return record(out());
        }
        try (var writer = new PrintWriter(Files.newBufferedWriter(to, StandardCharsets.UTF_8))) {
            return record(writer);
        } catch (IOException unwritable) {
            err().println("lunwarden: " + to + " cannot be written: " + unwritable.getMessage());
            return 1;
        }
    }

    private int record(PrintWriter to) throws InterruptedException {
        var end = seconds == null
                ? Long.MAX_VALUE
                : System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        var changes = new Changes();
        var first = look(changes, to);
        if (first != 0) {
            return first;
        }
        while (System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(Math.clamp((end - System.nanoTime()) / 1_000_000, 1, every));
            look(changes, to);
            if (to.checkError()) {
                err().println("lunwarden: the recording cannot be written");
                return 1;
            }
        }
        return 0;
    }

    /** A view that does not answer is told of, and asked again: what it said before still counts. */
    private int look(Changes changes, PrintWriter to) throws InterruptedException {
        return view.ask(err(), asked -> {
            try {
                asked.lines(PATH, changes::read);
            } catch (IOException broke) {
                changes.broke();
                throw broke;
            }
            changes.end().forEach(line -> to.print(line + "\n"));
            to.flush();
            return 0;
        });
    }
}
