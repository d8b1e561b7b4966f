package org.lunwarden.conf.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.lunwarden.conf.text.Statement.Assignment;
import org.lunwarden.conf.text.Statement.Block;

/**
 * Reads a file line by line. A line is a keyword and its value, a section word and {@code {}, or {@code }} alone; what
 * follows on the line is ignored. A word that is no keyword here is ignored without the braces behind it, so its
 * {@code }} closes the section around it: so does the reference, and a file must mean the same to both.
 */
final class StatementReader {

    private final SourceFile file;
    private final Grammar grammar;
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Problem> problems = new ArrayList<>();

    /** A section that is being read. */
    private record Open(Position at, Section section, List<Statement> statements, Map<String, Position> seen) {

        private Open(Position at, Section section) {
            this(at, section, new ArrayList<>(), new HashMap<>());
        }

        private Block block() {
            return new Block(at, section, statements);
        }
    }

    StatementReader(SourceFile file, Grammar grammar) {
        this.file = file;
        this.grammar = grammar;
    }

    ConfigText read() {
        var lines = file.text().split("\n", -1);
        open.push(new Open(new Position(file.name(), 1, 1), Section.FILE));
        for (var number = 1; number <= lines.length; number++) {
            line(number, LineTokens.of(lines[number - 1]));
        }
        while (open.getFirst().section() != Section.FILE) {
            var unclosed = open.getFirst();
            problems.add(Problem.error(
                    unclosed.at(),
                    "section " + unclosed.section().word() + " is not closed",
                    "} before the end of the file"));
            close();
        }
        var sections = open.getFirst().block().statements().stream()
                .map(Block.class::cast)
                .toList();
        problems.sort(Comparator.comparingInt((Problem problem) -> problem.at().line())
                .thenComparingInt(problem -> problem.at().column()));
        return new ConfigText(file.name(), sections, problems);
    }

    private void line(int number, LineTokens line) {
        if (line.tokens().isEmpty()) {
            return;
        }
        var first = line.tokens().getFirst();
        var at = new Position(file.name(), number, first.column());
        if (line.unterminated()) {
            problems.add(Problem.error(at, "a string without closing quote, taken to the end of the line", "\""));
        }
        switch (first.kind()) {
            case OPEN ->
                problems.add(
                        Problem.error(at, "{ at the beginning of a line, ignored", "{ behind the name of a section"));
            case CLOSE -> {
                refuseMore(number, line, 1);
                end(at);
            }
            case QUOTE, STRING ->
                problems.add(
                        Problem.error(at, "a string at the beginning of a line, ignored", "a keyword without quotes"));
            case WORD -> statement(number, at, first.text(), line);
        }
    }

    private void end(Position at) {
        if (open.getFirst().section() == Section.FILE) {
            problems.add(Problem.error(at, "} without a section that is open, ignored", ""));
        } else {
            close();
        }
    }

    private void close() {
        var closed = open.pop();
        open.getFirst().statements().add(closed.block());
    }

    private void statement(int number, Position at, String keyword, LineTokens line) {
        var here = open.getFirst().section();
        var opened = here.opens(keyword);
        if (opened.isPresent()) {
            open(number, at, opened.get(), line);
        } else if (line.tokens().size() == 1) {
            problems.add(Problem.error(at, keyword + " without a value, ignored", "a value on the same line"));
        } else if (!grammar.sections(keyword).contains(here)) {
            problems.add(Problem.error(at, notHere(keyword, here), suggestion(keyword, here)));
        } else {
            assign(number, at, keyword, line);
        }
    }

    private void open(int number, Position at, Section section, LineTokens line) {
        var braced = line.tokens().size() > 1 && line.tokens().get(1).kind() == Token.Kind.OPEN;
        if (braced) {
            refuseMore(number, line, 2);
        } else {
            problems.add(Problem.error(
                    at, "section " + section.word() + " is not opened, taken as if it were", "{ on the same line"));
        }
        var earlier = open.getFirst().seen().putIfAbsent(section.word(), at);
        if (earlier != null && !section.repeats()) {
            problems.add(Problem.warning(
                    at, "section " + section.word() + " again, first in line " + earlier.line() + "; both hold", ""));
        }
        open.push(new Open(at, section));
    }

    private void assign(int number, Position at, String keyword, LineTokens line) {
        var value = line.value();
        var valueAt = new Position(file.name(), number, value.column());
        if (value.kind() == Token.Kind.OPEN || value.kind() == Token.Kind.CLOSE) {
            problems.add(Problem.error(
                    valueAt,
                    value.text() + " is taken as the value of " + keyword,
                    "a value; " + keyword + " is no section"));
        }
        refuseMore(
                number,
                line,
                value.kind() != Token.Kind.STRING ? 2 : value.text().isEmpty() ? 3 : 4);
        var section = open.getFirst();
        var earlier = section.seen().putIfAbsent(keyword, at);
        if (earlier != null && !grammar.repeats(section.section(), keyword)) {
            problems.add(Problem.warning(
                    at, keyword + " again, first in line " + earlier.line() + "; the last one holds", ""));
        }
        section.statements().add(new Assignment(at, keyword, value.text(), valueAt));
    }

    private void refuseMore(int number, LineTokens line, int used) {
        if (line.tokens().size() > used) {
            var more = line.tokens().get(used);
            problems.add(Problem.error(
                    new Position(file.name(), number, more.column()),
                    "what follows on the line is ignored, from " + more.text() + " on",
                    "one statement a line, a value with blanks in double quotes"));
        }
    }

    private String notHere(String keyword, Section here) {
        var known = Section.isWord(keyword) || !grammar.sections(keyword).isEmpty();
        return known
                ? keyword + " may not stand in " + here.described() + ", ignored"
                : keyword + " is no keyword, ignored";
    }

    private String suggestion(String keyword, Section here) {
        var places = grammar.sections(keyword);
        if (!places.isEmpty()) {
            return "it in " + places.stream().sorted().map(Section::described).collect(Collectors.joining(", "));
        }
        return grammar.keywords().stream()
                .filter(known -> grammar.sections(known).contains(here) && Spelling.isClose(known, keyword))
                .sorted()
                .findFirst()
                .orElse("");
    }
}
