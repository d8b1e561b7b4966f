package org.lunwarden.conf.text;

import java.util.List;

import org.lunwarden.conf.text.Statement.Block;

/**
 * One file of the configuration as it was understood, and all that is wrong with it. Reading it never fails: what makes
 * no sense is left out and named.
 *
 * @param sections the top-level sections in the order of the text
 * @param problems in the order of the text
 */
public record ConfigText(String file, List<Block> sections, List<Problem> problems) {

    public ConfigText {
        sections = List.copyOf(sections);
        problems = List.copyOf(problems);
    }

    public static ConfigText read(SourceFile file, Grammar grammar) {
        return new StatementReader(file, grammar).read();
    }
}
