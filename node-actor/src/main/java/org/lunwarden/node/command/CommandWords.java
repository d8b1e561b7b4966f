package org.lunwarden.node.command;

import java.util.ArrayList;
import java.util.List;

import org.lunwarden.conf.text.QuotedWords;

/** The words of a command, understood one by one. */
sealed interface CommandWords {

    /** @param arguments of those keywords that take one, in their order */
    record Understood(List<Keyword> keywords, List<String> arguments) implements CommandWords {
        public Understood {
            keywords = List.copyOf(keywords);
            arguments = List.copyOf(arguments);
        }
    }

    /** @param word the first wrong one, counted from 1; 0 when there is none at all */
    record Wrong(int word, String reason) implements CommandWords {}

    String NOT_FOUND = "not found";
    String MISSING_ARGUMENT = "missing argument";

    static CommandWords parse(String command) {
        var words = QuotedWords.of(command);
        if (words.isEmpty()) {
            return new Wrong(0, NOT_FOUND);
        }
        var keywords = new ArrayList<Keyword>();
        var arguments = new ArrayList<String>();
        for (var at = 0; at < words.size(); at++) {
            var keyword = Keyword.of(words.get(at));
            if (keyword.isEmpty()) {
                return new Wrong(at + 1, NOT_FOUND);
            }
            keywords.add(keyword.get());
            if (keyword.get().takesArgument()) {
                at++;
                if (at == words.size()) {
                    return new Wrong(at, MISSING_ARGUMENT);
                }
                arguments.add(words.get(at));
            }
        }
        return new Understood(keywords, arguments);
    }
}
