package org.lunwarden.node.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Random;

import org.junit.jupiter.api.Test;

import org.lunwarden.conf.value.ReservationKey;
import org.lunwarden.model.Wwid;

class PrKeysFileTest {

    private static final long SEED = 20261121;
    private static final Wwid A = new Wwid("3600a");
    private static final Wwid B = new Wwid("3600b");
    private static final ReservationKey.Key KEY = new ReservationKey.Key(0x123abcL, false);
    private static final ReservationKey.Key LASTING = new ReservationKey.Key(-1, true);

    @Test
    void keysAreReadAsTheReferenceWritesThem() {
        var file = new PrKeysFile("# comment\n0x123ABC 3600a\n0Xffffffffffffffff\t3600b # lasting\n0x7 3600a\n");

        assertThat(file.keys()).containsExactly(entry(A, KEY), entry(B, LASTING));
        assertThat(file.spoiltLines()).isEmpty();
    }

    @Test
    void whatIsNoKeyIsLeftOutAndNamed() {
        var file = new PrKeysFile("0x0 3600a\n12 3600a\n0x1 ../a\n0x11112222333344445 3600a\n0x1\n\n# 0x1 3600a\n");

        assertThat(file.keys()).isEmpty();
        assertThat(file.spoiltLines()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void whatIsEditedKeepsEveryOtherLine() {
        var file = new PrKeysFile("# mine\n0x123abc 3600a\nspo\u00eflt\n0X1 3600b");

        assertThat(file.without(A).text()).isEqualTo("# mine\n##############\nspo\u00eflt\n0X1 3600b");
        assertThat(file.with(B, LASTING).text())
                .isEqualTo("# mine\n0x123abc 3600a\nspo\u00eflt\n#########\n0Xffffffffffffffff 3600b\n");
        assertThat(file.with(A, KEY)).isEqualTo(file);
        assertThat(file.without(new Wwid("3600c"))).isEqualTo(file);
    }

    @Test
    void aNewFileHasSevenLinesOfCommentAndTheKey() {
        var file = new PrKeysFile("").with(A, KEY);

        assertThat(file.text().lines().limit(7)).allMatch(line -> line.startsWith("#"));
        assertThat(file.text().lines().skip(7)).containsExactly("0x123abc 3600a");
    }

    @Test
    void aKeyOfZeroIsNone() {
        var file = new PrKeysFile("");

        assertThatThrownBy(() -> file.with(A, new ReservationKey.Key(0, false)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void inAnyTextAKeyIsThereOnceItIsPutAndGoneOnceItIsTakenOut() {
        var random = new Random(SEED);
        var letters = "0xX136ab 3600a# \n\r\t";
        for (var round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            for (var n = random.nextInt(60); n > 0; n--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            var file = new PrKeysFile(text.toString());

            assertThat(file.with(A, LASTING).keys())
                    .as("seed %d, round %d", SEED, round)
                    .containsEntry(A, LASTING);
            assertThat(file.with(A, KEY).without(A).keys())
                    .as("seed %d, round %d", SEED, round)
                    .doesNotContainKey(A);
        }
    }
}
