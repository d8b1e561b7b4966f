package org.lunwarden.io.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.io.contract.Expect.eventually;
import static org.lunwarden.io.contract.Expect.ok;

import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.lunwarden.io.StateFiles;
import org.lunwarden.io.StateFiles.File;
import org.lunwarden.model.Wwid;

/** What {@link StateFiles} promises. */
public abstract class StateFilesContract {

    private static final Wwid WWID = new Wwid("3600a0980");

    private StateFiles files;

    protected abstract StateFiles open();

    @BeforeEach
    void openFiles() {
        files = open();
    }

    @ParameterizedTest
    @EnumSource(File.class)
    void aFileThatIsNotThereIsEmptyAndWhatIsWrittenIsRead(File file) {
        assertThat(ok(files.read(file))).isEmpty();

        assertThat(ok(files.change(file, text -> text + "one\n"))).isEqualTo("one\n");
        assertThat(ok(files.change(file, text -> text + "two\n"))).isEqualTo("one\ntwo\n");
        assertThat(ok(files.change(file, text -> text.replace("one", "###")))).isEqualTo("###\ntwo\n");
        assertThat(ok(files.change(file, text -> "a wholly other text\n"))).isEqualTo("a wholly other text\n");
        assertThat(ok(files.change(file, text -> ""))).isEmpty();

        assertThat(ok(files.read(file))).isEmpty();
    }

    @Test
    void aMarkIsThereUntilItIsTakenAway() {
        assertThat(ok(files.failed())).isEmpty();

        ok(files.markFailed(WWID, true));
        ok(files.markFailed(WWID, true));
        assertThat(ok(files.failed())).containsExactly(WWID.value());

        ok(files.markFailed(WWID, false));
        ok(files.markFailed(WWID, false));
        assertThat(ok(files.failed())).isEmpty();
    }

    @Test
    void aChangeIsHeard() {
        ok(files.change(File.BINDINGS, text -> "mpatha 1\n"));
        var heard = new CopyOnWriteArrayList<File>();
        try (var subscription = files.onChange(heard::add)) {
            eventually("a change is heard", () -> {
                ok(files.change(File.WWIDS, text -> text + "/1/\n"));
                return heard.contains(File.WWIDS);
            });
        }
    }
}
