package org.lunwarden.conf.blacklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.lunwarden.conf.text.ConfigText;
import org.lunwarden.conf.text.Problem;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.KeywordTable;

/** Makes a blacklist, without what is built in, from the lines of its two sections. */
final class BlacklistText {

    private BlacklistText() {}

    static Blacklist of(List<String> blacklist, List<String> exceptions) {
        return new Blacklist(read("blacklist", blacklist), read("blacklist_exceptions", exceptions));
    }

    private static Rules read(String section, List<String> lines) {
        var problems = new ArrayList<Problem>();
        var text = ConfigText.read(
                new SourceFile("m.conf", section + " {\n" + String.join("\n", lines) + "\n}"), KeywordTable.INSTANCE);
        var rules = RulesReader.read(text.sections().getFirst(), problems);
        assertThat(text.problems()).isEmpty();
        assertThat(problems).isEmpty();
        return rules;
    }
}
