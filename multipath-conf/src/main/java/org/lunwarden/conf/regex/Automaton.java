package org.lunwarden.conf.regex;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The expression as states and the steps between them. Matching keeps the set of all states that the text read so far may
 * have led to.
 */
final class Automaton {

    /** An expression that needs more states is refused: {@code ((a{999}){999}){999}} is not worth its memory. */
    private static final int MOST_STATES = 20_000;

    private static final int MATCHED = 0;

    private sealed interface Step {
        record Matched() implements Step {}

        record Read(CharacterSet of, int next) implements Step {}

        record Pass(Place place, int next) implements Step {}

        record Fork(int one, int other) implements Step {}
    }

    private final List<Step> steps = new ArrayList<>();
    private int begin;

    private Automaton() {}

    static Automaton of(Node expression) throws Malformation {
        var automaton = new Automaton();
        automaton.add(new Step.Matched());
        automaton.begin = automaton.build(expression, MATCHED);
        return automaton;
    }

    boolean find(String text) {
        var current = new BitSet(steps.size());
        for (var at = 0; ; at++) {
            reach(begin, text, at, current);
            if (current.get(MATCHED)) {
                return true;
            }
            if (at == text.length()) {
                return false;
            }
            var following = new BitSet(steps.size());
            for (var state = current.nextSetBit(0); state >= 0; state = current.nextSetBit(state + 1)) {
                if (steps.get(state) instanceof Step.Read(var of, var next) && of.has(text.charAt(at))) {
                    reach(next, text, at + 1, following);
                }
            }
            current = following;
        }
    }

    /** Adds a state, and all that are reached from it without reading on. */
    private void reach(int from, String text, int at, BitSet reached) {
        var open = new ArrayDeque<Integer>();
        open.push(from);
        while (!open.isEmpty()) {
            var state = open.pop();
            if (reached.get(state)) {
                continue;
            }
            reached.set(state);
            switch (steps.get(state)) {
                case Step.Pass(var place, var next) -> {
                    if (place.is(text, at)) {
                        open.push(next);
                    }
                }
                case Step.Fork(var one, var other) -> {
                    open.push(one);
                    open.push(other);
                }
                case Step.Read reading -> {}
                case Step.Matched matched -> {}
            }
        }
    }

    /** Builds backwards: the state to begin with, for an expression behind which {@code next} follows. */
    private int build(Node node, int next) throws Malformation {
        return switch (node) {
            case Node.One(var of) -> add(new Step.Read(of, next));
            case Node.At(var place) -> add(new Step.Pass(place, next));
            case Node.Sequence(var parts) -> {
                var following = next;
                for (var part : parts.reversed()) {
                    following = build(part, following);
                }
                yield following;
            }
            case Node.Either(var branches) -> {
                var entry = build(branches.getFirst(), next);
                for (var branch : branches.subList(1, branches.size())) {
                    entry = add(new Step.Fork(entry, build(branch, next)));
                }
                yield entry;
            }
            case Node.Repeated(var repeated, var least, var most) -> {
                var following = most == Node.UNLIMITED ? loop(repeated, next) : next;
                for (var time = least; time < most; time++) {
                    following = add(new Step.Fork(build(repeated, following), next));
                }
                for (var time = 0; time < least; time++) {
                    following = build(repeated, following);
                }
                yield following;
            }
        };
    }

    private int loop(Node repeated, int next) throws Malformation {
        var fork = add(new Step.Fork(next, next));
        steps.set(fork, new Step.Fork(build(repeated, fork), next));
        return fork;
    }

    private int add(Step step) throws Malformation {
        if (steps.size() == MOST_STATES) {
            throw new Malformation(0, "too large");
        }
        steps.add(step);
        return steps.size() - 1;
    }
}
