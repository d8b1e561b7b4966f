package org.lunwarden.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

import org.lunwarden.io.DeviceMapper;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.StateFiles;
import org.lunwarden.io.StateFiles.File;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapName;
import org.lunwarden.node.names.Alias;
import org.lunwarden.node.names.Bindings;
import org.lunwarden.node.names.FailedWwids;
import org.lunwarden.node.names.NameWish;
import org.lunwarden.node.names.Naming;
import org.lunwarden.node.names.WwidsFile;

/** What is asked of a host's state files and of the names of its dm devices. Blocking. */
record MapMemory(StateFiles files, DeviceMapper dm) {

    /**
     * @param wishes of the maps that are to be named; the first comes first
     * @param given names of other maps
     * @param configured aliases of the site's entries
     * @param remember WWIDs that have a map now
     * @param marks WWIDs whose map the kernel refused, or did not refuse any more
     */
    record Task(
            SequencedMap<Wwid, NameWish> wishes,
            Map<Alias, String> given,
            Map<Alias, String> configured,
            Set<Wwid> remember,
            Map<Wwid, Boolean> marks) {}

    /**
     * @param names of the maps that were to be named
     * @param remarks why a map has another name than the wanted one
     * @param settled whether nothing was refused that names depend on
     * @param wwids all that the file has; empty when it cannot be read
     * @param marked WWIDs whose map the kernel refused; empty when the marks cannot be listed
     * @param problems of the files
     */
    record Result(
            Map<Wwid, MapName> names,
            Map<Wwid, String> remarks,
            boolean settled,
            Optional<Set<Wwid>> wwids,
            Optional<FailedWwids> marked,
            List<String> problems) {}

    /** The WWIDs that have had a map; none when they cannot be read. */
    static Set<Wwid> wwids(StateFiles files) {
        return files.read(File.WWIDS) instanceof IoResult.Ok<String>(var text) ? new WwidsFile(text).wwids() : Set.of();
    }

    Result perform(Task task) {
        var problems = new ArrayList<String>();
        var names = new TreeMap<Wwid, MapName>();
        var remarks = new TreeMap<Wwid, String>();
        var settled = task.wishes().isEmpty() || name(task, names, remarks, problems);
        var marked = marked(task, problems);
        return new Result(names, remarks, settled, wwids(task, problems), marked, problems);
    }

    private boolean name(Task task, Map<Wwid, MapName> names, Map<Wwid, String> remarks, List<String> problems) {
        var kernel = kernelNames();
        var owners = new Naming.Owners(
                kernel instanceof IoResult.Ok<Map<Alias, String>>(var known) ? known : Map.of(),
                task.given(),
                task.configured());
        var isKernelKnown = kernel instanceof IoResult.Ok;
        var outcome =
                task.wishes().values().stream().anyMatch(wish -> wish.prefix().isPresent())
                        ? numbered(task.wishes(), owners, isKernelKnown, problems)
                        : new Numbered(Naming.of(Bindings.NONE, task.wishes(), owners, true), true);
        outcome.naming().names().forEach((wwid, named) -> {
            names.put(wwid, isKernelKnown ? new MapName.Wanted(named.name()) : new MapName.OfNewMap(named.name()));
            if (!named.remark().isEmpty()) {
                remarks.put(wwid, named.remark());
            }
        });
        if (kernel instanceof IoResult.Refused<Map<Alias, String>> refused) {
            problems.add(refused.toString());
        }
        return isKernelKnown && outcome.settled();
    }

    /** @param settled whether nothing was refused */
    private record Numbered(Naming naming, boolean settled) {}

    /**
     * Reads the bindings, and writes them when a map gets a new name: before anybody uses it. What is bound holds also where
     * nothing can be added.
     *
     * @param mayBind false when a map of the kernel may have any number
     */
    private Numbered numbered(
            SequencedMap<Wwid, NameWish> wishes, Naming.Owners owners, boolean mayBind, List<String> problems) {
        return switch (files.read(File.BINDINGS)) {
            case IoResult.Ok<String>(var text) -> {
                var read = Bindings.parse(text);
                read.problems().forEach(problem -> problems.add(File.BINDINGS.fileName() + ": " + problem));
                var bound = Naming.of(read.bindings(), wishes, owners, true);
                yield mayBind && bindsMore(read.bindings(), wishes, owners)
                        ? switch (written(wishes, owners)) {
                            case IoResult.Ok<Naming>(var naming) -> new Numbered(naming, true);
                            case IoResult.Refused<Naming> refused -> refused(bound, refused, problems);
                        }
                        : new Numbered(bound, true);
            }
            case IoResult.Refused<String> refused ->
                refused(Naming.of(Bindings.NONE, wishes, owners, true), refused, problems);
        };
    }

    private static boolean bindsMore(Bindings read, SequencedMap<Wwid, NameWish> wishes, Naming.Owners owners) {
        return Naming.of(read, wishes, owners, false).toWrite().isPresent();
    }

    private static Numbered refused(Naming without, IoResult.Refused<?> refused, List<String> problems) {
        problems.add(refused.toString());
        return new Numbered(without, false);
    }

    private IoResult<Naming> written(SequencedMap<Wwid, NameWish> wishes, Naming.Owners owners) {
        var done = new ArrayList<Naming>();
        return files.change(File.BINDINGS, text -> {
                    var naming = Naming.of(Bindings.parse(text).bindings(), wishes, owners, false);
                    done.add(naming);
                    return naming.toWrite()
                            .map(bindings -> bindings.addedTo(text))
                            .orElse(text);
                })
                .then(after -> new IoResult.Ok<>(done.getLast()));
    }

    private IoResult<Map<Alias, String>> kernelNames() {
        return dm.list().then(devices -> {
            var names = new TreeMap<Alias, String>();
            devices.forEach(device -> Alias.parse(device.name())
                    .ifPresent(name -> names.put(
                            name,
                            Wwid.ofMap(device.uuid()).map(Wwid::value).orElse("none, it is '" + device.uuid() + "'"))));
            return new IoResult.Ok<>(names);
        });
    }

    private Optional<FailedWwids> marked(Task task, List<String> problems) {
        task.marks().forEach((wwid, failed) -> {
            if (files.markFailed(wwid, failed) instanceof IoResult.Refused<IoResult.Done> refused) {
                problems.add(refused.toString());
            }
        });
        return switch (files.failed()) {
            case IoResult.Ok<Set<String>>(var names) -> Optional.of(FailedWwids.of(names));
            case IoResult.Refused<Set<String>> refused -> {
                problems.add(refused.toString());
                yield Optional.empty();
            }
        };
    }

    private Optional<Set<Wwid>> wwids(Task task, List<String> problems) {
        var text = task.remember().isEmpty()
                ? files.read(File.WWIDS)
                : files.change(
                        File.WWIDS,
                        before -> new WwidsFile(before).withAll(task.remember()).text());
        return switch (text) {
            case IoResult.Ok<String>(var read) -> {
                var file = new WwidsFile(read);
                file.spoiltLines()
                        .forEach(line -> problems.add(File.WWIDS.fileName() + ": line " + line + ": no WWID"));
                yield Optional.of(file.wwids());
            }
            case IoResult.Refused<String> refused -> {
                problems.add(refused.toString());
                yield Optional.empty();
            }
        };
    }
}
