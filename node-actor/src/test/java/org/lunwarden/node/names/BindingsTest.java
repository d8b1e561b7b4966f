package org.lunwarden.node.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.node.names.AliasChoice.Added;
import org.lunwarden.node.names.AliasChoice.ByWwid;

class BindingsTest {

    private static final long SEED = 20261121;

    @Test
    void whatAHandHasSpoiltIsNamedAndTheRestHolds() {
        var read = Bindings.parse("""
                # by hand

                mpathb\t 3600b   and more
                   mpatha 3600a # the old array\r
                ../../etc/passwd 3600c
                mpathc
                mpathb 3600d
                mpathb 3600b
                mpathd %s
                data 3600a""".formatted("9".repeat(128)));

        assertThat(read.bindings().wwids())
                .containsExactly(
                        Map.entry(new Alias("data"), "3600a"),
                        Map.entry(new Alias("mpatha"), "3600a"),
                        Map.entry(new Alias("mpathb"), "3600b"));
        assertThat(read.problems())
                .extracting(Object::toString)
                .containsExactly(
                        "line 5: no name of a map: '../../etc/passwd'",
                        "line 6: no WWID for mpathc",
                        "line 7: mpathb stands for 3600b already, not for 3600d",
                        "line 9: the WWID of mpathd has more than 127 characters");
    }

    @Test
    void theFileHasSevenLinesOfCommentAndStandsInTheOrderOfTheNumbers() {
        var bindings = Bindings.parse("mpathaa 3\nmpathz 2\nmpathb 1\n").bindings();

        assertThat(bindings.format().lines().limit(7)).allMatch(line -> line.startsWith("#"));
        assertThat(bindings.format().lines().skip(7)).containsExactly("mpathb 1", "mpathz 2", "mpathaa 3");
        assertThat(Bindings.parse(bindings.format())).isEqualTo(new Bindings.Read(bindings, List.of()));
    }

    @Test
    void aNameIsUtf8AndACommentMayBeAnything() {
        var file = inBytes("caf\u00e9 3600a\n") + "# \u00e9t\u00e9 in Latin-1\nmpath\u00e9 3600b\n";

        var read = Bindings.parse(file);

        assertThat(read.bindings().wwids()).containsExactly(Map.entry(new Alias("caf\u00e9"), "3600a"));
        assertThat(read.problems()).extracting(Object::toString).containsExactly("line 3: not UTF-8");
        var more = read.bindings().with(new Alias("\u03b1"), "3600c");
        assertThat(more.addedTo(file)).isEqualTo(file + inBytes("\u03b1 3600c\n"));
        assertThat(Bindings.parse(more.format())).isEqualTo(new Bindings.Read(more, List.of()));
    }

    private static String inBytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Test
    void anyTextIsReadAndWhatIsWrittenIsReadBack() {
        var random = new Random(SEED);
        var letters = "mpathab30 \t\n\r#/.\0\u00c3\u00a9\u00ff";
        for (var round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            for (var n = random.nextInt(60); n > 0; n--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }

            var read = Bindings.parse(text.toString()).bindings();

            assertThat(Bindings.parse(read.format()).bindings())
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(read);
        }
    }

    @Test
    void twoMapsNeverGetOneName() {
        var bindings = Bindings.NONE;
        for (var n = 0; n < 60; n++) {
            var choice = AliasChoice.of(bindings, "3600" + n, Optional.empty(), "mpath", Map.of(), false);
            assertThat(choice).isInstanceOf(Added.class);
            bindings = ((Added) choice).bindings();
        }

        assertThat(bindings.wwids()).hasSize(60);
        assertThat(bindings.alias("360026")).contains(new Alias("mpathaa"));
    }

    @Test
    void aNameThatTheFileCannotHoldIsNotGiven() {
        assertThat(AliasChoice.of(Bindings.NONE, "SACME_Disk#1", Optional.empty(), "mpath", Map.of(), false))
                .isInstanceOf(ByWwid.class);
        assertThat(AliasChoice.of(Bindings.NONE, "3600a", Optional.empty(), "../", Map.of(), false))
                .isInstanceOf(ByWwid.class);
    }

    @Test
    void aNameOfAnotherMapIsNeverTakenOver() {
        var mine = new Alias("mpathb");
        var choice = AliasChoice.of(Bindings.NONE, "3600a", Optional.of(mine), "mpath", Map.of(mine, "3600b"), false);

        assertThat(choice.settled(true)).contains(new Alias("mpatha"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", "a\nb", "a\u007f"})
    void whatCouldLeadAwayIsNoAlias(String text) {
        assertThat(Alias.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Alias(text));
    }
}
