package org.lunwarden.node.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.Wwid;

class WwidsFileTest {

    private static final long SEED = 20261121;
    private static final Wwid A = new Wwid("3600a");
    private static final Wwid B = new Wwid("3600b");

    @Test
    void whatIsEditedKeepsEveryOtherLine() {
        var file = new WwidsFile("# mine\n/3600a/\nspoilt\n /3600b/ # lent\n/../etc/\n");

        assertThat(file.wwids()).containsExactly(A, B);
        assertThat(file.spoiltLines()).containsExactly(3, 5);
        assertThat(file.without(A)).isEqualTo(new WwidsFile("# mine\n#######\nspoilt\n /3600b/ # lent\n/../etc/\n"));
        assertThat(file.without(A).with(A).wwids()).containsExactly(B, A);
        assertThat(file.with(B)).isEqualTo(file);
        assertThat(file.without(new Wwid("3600c"))).isEqualTo(file);
    }

    @Test
    void aNewFileHasSevenLinesOfCommentAndTheWwids() {
        assertThat(new WwidsFile("").with(A)).isEqualTo(new WwidsFile("").withAll(List.of(A)));
        assertThat(new WwidsFile("").withAll(List.of(B, A)).text().lines().limit(7))
                .allMatch(line -> line.startsWith("#"));
        assertThat(new WwidsFile("").withAll(List.of(B, A)).text().lines().skip(7))
                .containsExactly("/3600a/", "/3600b/");
    }

    @Test
    void aLastLineThatWasCutOffDoesNotSwallowTheNextOne() {
        assertThat(new WwidsFile("/3600a/").with(B).wwids()).containsExactly(A, B);
    }

    @Test
    void inAnyTextAWwidIsThereOnceItIsAddedAndGoneOnceItIsTakenOut() {
        var random = new Random(SEED);
        var letters = "360ab/# \n\r.";
        for (var round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            for (var n = random.nextInt(60); n > 0; n--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            var file = new WwidsFile(text.toString());

            assertThat(file.with(A).wwids())
                    .as("seed %d, round %d", SEED, round)
                    .contains(A);
            assertThat(file.with(A).without(A).wwids())
                    .as("seed %d, round %d", SEED, round)
                    .doesNotContain(A);
        }
    }

    @Test
    void strangersAmongTheMarksOfFailedMapsAreNoWwids() {
        assertThat(FailedWwids.of(List.of("3600a", ".", "..", ".shm0", "a b")).wwids())
                .isEqualTo(Set.of(A));
        assertThat(FailedWwids.fileName(A)).isEqualTo("3600a");
    }
}
