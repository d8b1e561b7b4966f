package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.conf.value.ReservationKey;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.StateFiles;
import org.lunwarden.io.StateFiles.File;
import org.lunwarden.model.Wwid;

class PrKeysTest extends OneHost {

    private static final Wwid WWID = new Wwid("3600a");
    private static final ReservationKey.Key KEY = new ReservationKey.Key(0x7, false);
    private static final ReservationKey.Key OTHER = new ReservationKey.Key(0x8, true);

    private final StateFiles files = san.host(HOST).stateFiles();
    private final PrKeys keys = new PrKeys(files);

    @Test
    void aKeyIsRememberedAndWhoChangesItLearnsWhichOneItWas() {
        assertThat(keys.of(WWID)).isEqualTo(found(Optional.empty()));

        assertThat(keys.put(WWID, KEY)).isEqualTo(found(Optional.empty()));
        assertThat(keys.put(WWID, OTHER)).isEqualTo(found(Optional.of(KEY)));

        assertThat(keys.of(WWID)).isEqualTo(found(Optional.of(OTHER)));
        assertThat(keys.remove(WWID)).isEqualTo(found(Optional.of(OTHER)));
        assertThat(new PrKeys(files).of(WWID)).isEqualTo(found(Optional.empty()));
    }

    @Test
    void whatAHandWroteIntoTheFileStays() {
        assertThat(files.change(File.PRKEYS, none -> "# ours\n0x7 3600b # lent\n"))
                .isInstanceOf(IoResult.Ok.class);

        assertThat(keys.put(WWID, KEY)).isEqualTo(found(Optional.empty()));

        assertThat(files.read(File.PRKEYS)).isEqualTo(new IoResult.Ok<>("# ours\n0x7 3600b # lent\n0x7 3600a\n"));
    }

    private static IoResult<Optional<ReservationKey.Key>> found(Optional<ReservationKey.Key> key) {
        return new IoResult.Ok<>(key);
    }
}
