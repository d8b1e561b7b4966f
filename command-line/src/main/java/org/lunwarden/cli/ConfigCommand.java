package org.lunwarden.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.lunwarden.cli.config.SiteFiles;
import org.lunwarden.cli.site.ExplainText;
import org.lunwarden.cli.site.LocalDisks;
import org.lunwarden.cli.site.LocalMap;
import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.print.ConfigPrinter;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.Severity;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;

@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Checks, shows and explains a site's multipath.conf. Reads only, needs no daemon.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class, ConfigCommand.Explain.class})
final class ConfigCommand {

    /** The options that name a site's files. */
    static final class SiteOption {
        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "A multipath.conf. Default: /etc/multipath.conf, which may be missing.")
        private @Nullable Path file;

        @Option(
                names = {"-d", "--drop-ins"},
                paramLabel = "FOLDER",
                description = "Its *.conf files are laid over FILE. Default: /etc/multipath/conf.d; with --file, none.")
        private @Nullable Path dropIns;

        boolean isGiven() {
            return file != null || dropIns != null;
        }

        SiteFiles files() {
            var folder = Optional.ofNullable(dropIns);
            return file == null
                    ? new SiteFiles(SiteFiles.OF_HOST.main(), true, folder.or(SiteFiles.OF_HOST::dropIns))
                    : new SiteFiles(file, false, folder);
        }
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Tells every problem of a site's files at once: file, line, column, what is wrong, what was expected.",
                "Exit code: 0 no errors, warnings perhaps; 78 errors."
            })
    static final class Check extends LunwardenCommand.Subcommand implements Callable<Integer> {

        @Mixin
        private SiteOption site = new SiteOption();

        @Parameters(
                paramLabel = "FILE",
                arity = "0..*",
                description = "Files to check, each by itself. Default: those of this host.")
        private List<Path> files = new ArrayList<>();

        @Override
        public Integer call() {
            var named = files.stream().flatMap(file -> SiteFiles.check(file).stream());
            var ofSite = files.isEmpty() || site.isGiven() ? site.files().check().stream() : Stream.<Problem>of();
            var problems = Stream.concat(named, ofSite).toList();
            problems.forEach(out()::println);
            var warnings = problems.stream()
                    .filter(problem -> problem.severity() == Severity.WARNING)
                    .count();
            var errors = problems.size() - warnings;
            out().println(errors + " error(s), " + warnings + " warning(s)");
            out().flush();
            return errors == 0 ? 0 : LunwardenCommand.BAD_CONFIGURATION;
        }
    }

    /** What works with a configuration that could be loaded. */
    abstract static class OfSite extends LunwardenCommand.Subcommand {

        @Mixin
        private SiteOption site = new SiteOption();

        int loaded(ToIntFunction<MultipathConf> run) {
            return switch (site.files().load(launch().facts().nativeNvme())) {
                case Loaded.Refused(var problems) -> {
                    problems.forEach(err()::println);
                    err().println("lunwarden: the configuration cannot be used");
                    yield LunwardenCommand.BAD_CONFIGURATION;
                }
                case Loaded.Usable(var conf, var problems) -> {
                    problems.stream()
                            .filter(problem -> problem.severity() != Severity.WARNING)
                            .forEach(err()::println);
                    yield run.applyAsInt(conf);
                }
            };
        }

        <T> int told(IoResult<T> found, Function<T, String> text) {
            return switch (found) {
                case IoResult.Ok<T>(var value) -> told(text.apply(value));
                case IoResult.Refused<T> refused -> {
                    err().println("lunwarden: " + refused);
                    yield 1;
                }
            };
        }

        int told(String text) {
            out().print(text);
            out().flush();
            return 0;
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = {
                "Prints the configuration in force with all that is built in, in the layout of `multipath -t`: loaded again,",
                "it prints the same."
            })
    static final class Show extends OfSite implements Callable<Integer> {

        @Option(
                names = "--local",
                description = "Of the entries for devices and maps, only those that this host's use; needs root.")
        private boolean local;

        @Override
        public Integer call() {
            return loaded(conf -> local
                    ? told(LocalDisks.print(conf, launch().host()), this::complained)
                    : told(ConfigPrinter.print(conf)));
        }

        private String complained(LocalDisks.Printed printed) {
            printed.problems().forEach(problem -> err().println("lunwarden: not read: " + problem));
            return printed.text();
        }
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description = {
                "Tells every setting of a path or a map: its value, the file, line and column, the row of the hardware table",
                "or the built-in default that set it, and what that overrode."
            })
    static final class Explain extends OfSite implements Callable<Integer> {
        private static final String NODES = "/dev/";

        static final class Subject {
            @Option(names = "--path", paramLabel = "DISK", required = true, description = "For example sda.")
            private @Nullable String path;

            @Option(
                    names = "--map",
                    paramLabel = "NAME",
                    required = true,
                    description = "Name or WWID of a map, or its alias in the configuration; needs root.")
            private @Nullable String map;
        }

        @ArgGroup(multiplicity = "1")
        private @Nullable Subject subject;

        @Override
        public Integer call() {
            var wanted = Objects.requireNonNull(subject);
            return loaded(conf -> wanted.path == null
                    ? told(LocalMap.find(conf, launch().host(), Objects.requireNonNull(wanted.map)), ExplainText::of)
                    : path(conf, wanted.path));
        }

        private int path(MultipathConf conf, String given) {
            var name = given.startsWith(NODES) ? given.substring(NODES.length()) : given;
            if (!DeviceName.isValid(name) || name.length() > DeviceName.LONGEST) {
                err().println("lunwarden: --path takes the name of a disk, for example sda");
                return 2;
            }
            var host = launch().host();
            return told(
                    LocalDisks.read(conf, host.blockDevices(), new DeviceName(name)),
                    path -> ExplainText.of(path, path.inForce(host.diskControl())));
        }
    }
}
