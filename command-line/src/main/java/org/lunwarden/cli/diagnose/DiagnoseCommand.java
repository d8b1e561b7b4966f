package org.lunwarden.cli.diagnose;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import org.lunwarden.fleet.localization.Baselines;
import org.lunwarden.fleet.localization.Circumstances;
import org.lunwarden.fleet.localization.Localization;
import org.lunwarden.fleet.localization.LocalizationSettings;
import org.lunwarden.fleet.localization.Localized;
import org.lunwarden.fleet.localization.RiskIndex;

/** Says what broke, from observations in files. The same rules as in a view; needs no daemon and no fleet. */
@Command(
        name = "diagnose",
        mixinStandardHelpOptions = true,
        description = {
            "Reads what hosts saw of their nexuses, one JSON object a line, and says what most likely broke:",
            "which components, on what evidence, what else it could be, and what cannot be told. Touches nothing.",
            "A line: {\"host\":\"h1\",\"initiatorPort\":\"10000000c9a00001\",\"targetPort\":\"500a09800001\",",
            "  \"components\":{\"initiatorSwitch\":\"A/12\",\"array\":\"arr1\",...},\"state\":\"up|down|partial|admin|unknown\",",
            "  \"paths\":16,\"down\":16,\"changedAt\":1760000000000,\"reportedAt\":1760000001000}",
            "Lines may also tell what happened beside: {\"kind\":\"change\",\"class\":\"hbaFirmware\",\"id\":\"lpfc/14.2\",\"at\":...}",
            "makes a component likelier for a day; {\"kind\":\"maintenance\",\"class\":\"array\",\"id\":\"arr1\",\"from\":...,\"to\":...}",
            "explains away what fails through it; {\"kind\":\"reboot\",\"host\":\"h1\",\"at\":...} what fails on a host for a",
            "quarter of an hour. What is explained away counts neither way, and is told.",
            "A view's recording (lunwarden record, or of an incident) has seenAt instead of reportedAt: when the view held it",
            "to be so; a line {\"kind\":\"snapshot\",\"seenAt\":...} says that what follows is all that was known then.",
            "Classes of components are free, and one may have a list of ids; of several lines for one nexus the one reported last counts.",
            "Lines that cannot be used are named by number, and the rest is used.",
            "Exit code: 0 a verdict was printed, whatever it says; 1 a file cannot be read, or no line of it can be used."
        })
public final class DiagnoseCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    /** Of SCORE, as its authors relax it for data with errors. */
    private static final double HIT_RATIO = 0.6;

    private static final int MOST_BAD_LINES_TOLD = 20;

    enum Method {
        ML,
        SCORE,
        VOTE;

        static final class Converter implements ITypeConverter<Method> {
            @Override
            public Method convert(String word) {
                return switch (word) {
                    case "ml" -> ML;
                    case "score" -> SCORE;
                    case "vote" -> VOTE;
                    default -> throw new TypeConversionException("'" + word + "' is none of ml, score, vote");
                };
            }
        }
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of observations; - is standard input.")
    private List<String> files = List.of();

    @Option(names = "--json", description = "Print the verdict as one JSON object.")
    private boolean isJson;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = When.Converter.class,
            description = "Leave out what was reported after TIME: Unix milliseconds, or 2026-03-01T10:00:00Z.")
    private @Nullable When at;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "ml",
            converter = Method.Converter.class,
            description = {
                "ml: maximum likelihood, as in a view (default). To compare with: score (SCORE, hit ratio 0.6),",
                "vote (007)."
            })
    private Method method = Method.ML;

    @Override
    public Integer call() {
        var line = Objects.requireNonNull(spec).commandLine();
        var err = line.getErr();
        var until = at == null ? OptionalLong.empty() : OptionalLong.of(at.millis());
        var reader = new ObservationReader(until);
        for (var file : files) {
            try (var in = open(file)) {
                reader.read(STANDARD_INPUT.equals(file) ? "standard input" : file, in);
            } catch (IOException unreadable) {
                err.println("lunwarden: " + file + " cannot be read: " + reason(unreadable));
                return 1;
            }
        }
        reader.bad().stream().limit(MOST_BAD_LINES_TOLD).forEach(bad -> err.println("lunwarden: " + bad));
        if (reader.bad().size() > MOST_BAD_LINES_TOLD) {
            err.println("lunwarden: " + (reader.bad().size() - MOST_BAD_LINES_TOLD) + " more lines cannot be used"
                    + (isJson ? "" : "; --json names all"));
        }
        err.flush();
        var index = reader.index().build();
        var circumstances = new Circumstances(index, reader.events(), until);
        var explained = circumstances.explainAway();
        var verdict = localized(index, circumstances.settings(LocalizationSettings.DEFAULTS));
        var notes = NotObservable.of(index, verdict, explained);
        var out = line.getOut();
        if (isJson) {
            new VerdictJson(index, verdict, notes, reader.bad()).write(out);
        } else {
            out.print(new VerdictText(index, verdict, notes, reader).text());
        }
        out.flush();
        return reader.read() == 0 && !reader.bad().isEmpty() ? 1 : 0;
    }

    private Localized localized(RiskIndex index, LocalizationSettings settings) {
        return switch (method) {
            case ML -> Localization.of(index, settings);
            case SCORE -> Baselines.score(index, HIT_RATIO);
            case VOTE -> Baselines.vote(index);
        };
    }

    private static InputStream open(String file) throws IOException {
        return STANDARD_INPUT.equals(file) ? new BufferedInputStream(System.in) : Files.newInputStream(Path.of(file));
    }

    private static String reason(IOException unreadable) {
        var message = unreadable.getMessage();
        return unreadable instanceof NoSuchFileException
                ? "no such file"
                : message == null ? unreadable.getClass().getSimpleName() : message;
    }
}
