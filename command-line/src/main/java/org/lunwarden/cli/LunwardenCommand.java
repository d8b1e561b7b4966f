package org.lunwarden.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import org.lunwarden.cli.config.DaemonConfig;
import org.lunwarden.cli.config.DaemonConfig.Kind;
import org.lunwarden.cli.config.DaemonConfig.Loaded;
import org.lunwarden.cli.config.DaemonSettings;
import org.lunwarden.cli.diagnose.DiagnoseCommand;

/** {@code lunwarden}: the root of all subcommands. */
@Command(
        name = "lunwarden",
        mixinStandardHelpOptions = true,
        description = "Keeps every LUN of a SAN reachable, on one host and on a thousand.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            NodeCommand.class,
            ViewCommand.class,
            DemoCommand.class,
            StatusCommand.class,
            TopologyCommand.class,
            ConfigCommand.class,
            PathCommand.class,
            MapCommand.class,
            WhyCommand.class,
            DiagnoseCommand.class,
            ImpactCommand.class,
            GateCommand.class,
            AuditCommand.class,
            IncidentsCommand.class,
            HistoryCommand.class,
            SilenceCommand.class,
            MaintenanceCommand.class,
            RecordCommand.class,
            CleanupSafeCommand.class,
            ResizeCommand.class,
            FailbackCommand.class,
            SiteCommand.class
        })
public final class LunwardenCommand {

    /** Exit code for a configuration that cannot be used ({@code EX_CONFIG} of sysexits.h). */
    public static final int BAD_CONFIGURATION = 78;

    private final Launch launch;

    LunwardenCommand(Launch launch) {
        this.launch = launch;
    }

    /** Runs a command line. Gives the exit code: 0, 1 for failure, 2 for usage, 78 for a bad configuration. */
    public static int run(Launch launch, String... args) {
        var line = new CommandLine(new LunwardenCommand(launch));
        var version = "lunwarden " + launch.version();
        tellVersion(line, version);
        line.setExecutionExceptionHandler((broken, command, parsed) -> {
            command.getErr().println("lunwarden: " + broken.getMessage());
            return 1;
        });
        return line.execute(args);
    }

    private static void tellVersion(CommandLine line, String version) {
        line.getCommandSpec().version(version);
        line.getSubcommands().values().forEach(command -> tellVersion(command, version));
    }

    Launch launch() {
        return launch;
    }

    /** Reads a configuration and goes on with it, or tells all that is wrong. */
    static int configured(
            CommandSpec spec, Launch launch, Optional<Path> file, Kind kind, ToIntFunction<DaemonSettings> run) {
        return switch (DaemonConfig.load(file, kind, launch.facts())) {
            case Loaded.Settings(var settings) -> run.applyAsInt(settings);
            case Loaded.Broken(var problems) -> {
                PrintWriter err = spec.commandLine().getErr();
                problems.forEach(err::println);
                err.println("lunwarden: the configuration cannot be used; nothing was started or touched");
                yield BAD_CONFIGURATION;
            }
        };
    }

    /** The option that names the configuration file. */
    static final class ConfigOption {
        @Option(
                names = {"-c", "--config"},
                paramLabel = "FILE",
                description = "HOCON file; lunwarden-reference.conf documents every key. Default: the defaults alone.")
        private @Nullable Path file;

        Optional<Path> file() {
            return Optional.ofNullable(file);
        }
    }

    /** What every subcommand has. */
    abstract static class Subcommand {
        @Spec
        private @Nullable CommandSpec spec;

        Launch launch() {
            return ((LunwardenCommand) spec().root().userObject()).launch();
        }

        CommandSpec spec() {
            return Objects.requireNonNull(spec);
        }

        PrintWriter out() {
            return spec().commandLine().getOut();
        }

        PrintWriter err() {
            return spec().commandLine().getErr();
        }
    }
}
