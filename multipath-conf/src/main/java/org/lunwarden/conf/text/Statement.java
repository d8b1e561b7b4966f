package org.lunwarden.conf.text;

import java.util.List;
import java.util.stream.Stream;

/** One statement of a configuration, in the order of the text. */
public sealed interface Statement {

    Position at();

    /** @param valueAt where the value begins, behind an opening quote */
    record Assignment(Position at, String keyword, String value, Position valueAt) implements Statement {}

    record Block(Position at, Section section, List<Statement> statements) implements Statement {

        public Block {
            statements = List.copyOf(statements);
        }

        public Stream<Assignment> assignments() {
            return statements.stream().filter(Assignment.class::isInstance).map(Assignment.class::cast);
        }

        public Stream<Block> blocks(Section wanted) {
            return statements.stream()
                    .filter(Block.class::isInstance)
                    .map(Block.class::cast)
                    .filter(block -> block.section() == wanted);
        }
    }
}
