package org.lunwarden.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import org.lunwarden.fleet.sitefile.SiteConflicts;
import org.lunwarden.fleet.sitefile.SiteConflicts.Conflict;
import org.lunwarden.fleet.sitefile.SiteFile;
import org.lunwarden.fleet.sitefile.SiteFileReader;
import org.lunwarden.fleet.sitefile.SiteFileReader.Read;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/** {@code lunwarden site}: the file of what no host can see. */
@Command(
        name = "site",
        mixinStandardHelpOptions = true,
        description = "The site file: names, sites, maintenance groups, and risks that components share.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = SiteCommand.Check.class)
final class SiteCommand extends LunwardenCommand.Subcommand implements Callable<Integer> {

    @Override
    public Integer call() {
        spec().commandLine().usage(err());
        return 2;
    }

    /** {@code lunwarden site check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Names every problem of a site file by line and column, and where it contradicts itself; with --seen also",
                "what it names and no host of the view sees. Changes nothing.",
                "Exit code: 0 nothing was found, 1 something was, 3 the view could not be asked."
            })
    static final class Check extends LunwardenCommand.Subcommand implements Callable<Integer> {

        private static final int PAGE = 1000;

        @Mixin
        private final ViewOption view = new ViewOption();

        @Option(names = "--seen", description = "Ask the view which components hosts see.")
        private boolean seen;

        @Parameters(paramLabel = "FILE", description = "The file.")
        private Path file = Path.of("");

        @Override
        public Integer call() throws InterruptedException {
            return switch (SiteFileReader.read(file)) {
                case Read.Broken(var problems) -> {
                    problems.forEach(problem -> err().println(file + ":" + problem));
                    yield 1;
                }
                case Read.Usable(var site) ->
                    seen
                            ? view.ask(err(), asked -> told(SiteConflicts.of(site, seen(asked))))
                            : told(SiteConflicts.within(site));
            };
        }

        private int told(List<Conflict> conflicts) {
            conflicts.forEach(conflict -> out().println(conflict.about().kind().word() + ":"
                    + conflict.about().id() + ": " + conflict.words()));
            out().flush();
            return conflicts.isEmpty() ? 0 : 1;
        }

        private static Set<Component> seen(ViewOption.Asked asked) throws IOException, InterruptedException {
            var seen = new HashSet<Component>();
            pages(
                    asked,
                    "components",
                    item -> add(
                            seen, item.path("class").asText(), item.path("id").asText()));
            pages(
                    asked,
                    "hosts",
                    item -> add(
                            seen, ComponentClass.HOST.word(), item.path("host").asText()));
            return seen;
        }

        private static void pages(ViewOption.Asked asked, String what, Consumer<JsonNode> item)
                throws IOException, InterruptedException {
            var total = 1;
            for (var offset = 0; offset < total; offset += PAGE) {
                var page = asked.get("/api/v1/" + what + "?limit=" + PAGE + "&offset=" + offset);
                page.path("items").forEach(item);
                total = page.path("total").asInt();
            }
        }

        private static void add(Set<Component> seen, String kind, String id) {
            ComponentClass.parse(kind)
                    .filter(known -> !SiteFile.isSet(known) && !id.isEmpty())
                    .ifPresent(known -> seen.add(new Component(known, id)));
        }
    }
}
