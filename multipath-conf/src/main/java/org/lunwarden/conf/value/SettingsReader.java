package org.lunwarden.conf.value;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.lunwarden.conf.text.Position;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.Severity;
import org.lunwarden.conf.text.Statement.Assignment;
import org.lunwarden.conf.text.Statement.Block;

/** Gives the assignments of a section their values. */
public final class SettingsReader {

    private final List<Setting<?>> settings = new ArrayList<>();
    private final Set<Keyword<?>> takenBack = new HashSet<>();
    private final List<Problem> problems;

    private SettingsReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** @param problems to which what is wrong is added */
    public static Settings read(Block block, List<Problem> problems) {
        var reader = new SettingsReader(problems);
        block.assignments()
                .forEach(assignment -> KeywordTable.INSTANCE
                        .find(block.section(), assignment.keyword())
                        .ifPresent(keyword -> reader.read(keyword, assignment)));
        return Settings.of(reader.settings.stream(), reader.takenBack);
    }

    private <T> void read(Keyword<T> keyword, Assignment assignment) {
        var at = assignment.at();
        switch (keyword.standing()) {
            case IN_FORCE, POINTLESS -> {}
            case DEPRECATED -> problems.add(Problem.warning(at, keyword + " is outdated: " + keyword.meaning(), ""));
            case INEFFECTIVE, IGNORED -> problems.add(Problem.warning(at, keyword + " has no effect any more", ""));
        }
        if (keyword.standing() != Keyword.Standing.IGNORED) {
            value(keyword, assignment);
        }
    }

    private <T> void value(Keyword<T> keyword, Assignment assignment) {
        var said = assignment.keyword() + " " + ValueType.quoted(assignment.value());
        var at = assignment.valueAt();
        var expected = keyword.type().expected();
        switch (keyword.type().read(assignment.value())) {
            case Value.Stored<T>(var value) -> add(keyword, value, assignment.at());
            case Value.Doubtful<T>(var value, var problem) -> {
                problems.add(Problem.error(at, said + ": " + problem, expected));
                add(keyword, value, assignment.at());
            }
            case Value.Unset<T>(var doubt) -> {
                if (!doubt.isEmpty()) {
                    problems.add(Problem.error(at, said + ": " + doubt, expected));
                }
                settings.removeIf(setting -> setting.keyword().equals(keyword));
                takenBack.add(keyword);
            }
            case Value.Rejected<T>(var problem) ->
                problems.add(Problem.error(at, said + ": " + problem + ", ignored", expected));
            case Value.Fatal<T>(var problem) ->
                problems.add(new Problem(at, Severity.FATAL, said + ": " + problem, expected));
        }
    }

    private <T> void add(Keyword<T> keyword, T value, Position at) {
        var setting = new Setting<>(keyword, value, new Origin.InFile(at));
        if (keyword.standing() == Keyword.Standing.POINTLESS) {
            setting.idle().ifPresent(why -> problems.add(Problem.warning(at, why, "")));
        }
        settings.add(setting);
    }
}
