package org.lunwarden.fleet.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.lunwarden.fleet.cleanup.Cleanup.Verdict;
import org.lunwarden.fleet.cleanup.ViewWord.Says;
import org.lunwarden.model.fleet.HostId;

class CleanupTest {

    private static final ViewWord CLEAR = word(Says.CLEAR);
    private static final ViewWord INCIDENT = word(Says.INCIDENT, "i1");
    private static final ViewWord UNKNOWN = word(Says.UNKNOWN);
    private static final LocalWord GONE = new LocalWord(true, 0, 4, 0, 4);

    /** What the host knows, what the views say, and the verdict. */
    static Stream<Arguments> words() {
        return Stream.of(
                arguments(Optional.of(GONE), said(CLEAR, CLEAR), Verdict.STALE),
                arguments(Optional.of(new LocalWord(true, 0, 0, 0, 0)), said(CLEAR), Verdict.UNKNOWN),
                arguments(Optional.of(LocalWord.NO_MAP), said(CLEAR), Verdict.NO_MAP),
                arguments(Optional.of(new LocalWord(true, 0, 4, 1, 3)), said(CLEAR), Verdict.IN_USE),
                arguments(Optional.of(new LocalWord(true, 1, 4, 0, 4)), said(CLEAR), Verdict.IN_USE),
                arguments(Optional.of(new LocalWord(true, 0, 4, 0, 3)), said(CLEAR), Verdict.UNKNOWN),
                arguments(Optional.of(GONE), said(CLEAR, INCIDENT), Verdict.INCIDENT),
                arguments(Optional.of(GONE), said(UNKNOWN, INCIDENT), Verdict.INCIDENT),
                arguments(Optional.of(GONE), said(CLEAR, UNKNOWN), Verdict.UNKNOWN),
                arguments(Optional.of(GONE), said(), Verdict.UNKNOWN),
                arguments(Optional.of(GONE), Optional.empty(), Verdict.UNKNOWN),
                arguments(Optional.empty(), said(CLEAR), Verdict.UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("words")
    void aMapIsStaleOnlyWhenAllAgree(Optional<LocalWord> host, Optional<List<ViewWord>> views, Verdict verdict) {
        var cleanup = Cleanup.of(host, views);

        assertThat(cleanup.verdict()).isEqualTo(verdict);
        assertThat(cleanup.isSafe()).isEqualTo(verdict == Verdict.STALE);
        assertThat(cleanup.incidents()).isEqualTo(verdict == Verdict.INCIDENT ? List.of("i1") : List.of());
        assertThat(cleanup.why()).isNotBlank();
    }

    private static Optional<List<ViewWord>> said(ViewWord... views) {
        return Optional.of(List.of(views));
    }

    private static ViewWord word(Says says, String... incidents) {
        return new ViewWord(new HostId("v1"), says, List.of(incidents), says == Says.CLEAR ? "" : "because");
    }
}
