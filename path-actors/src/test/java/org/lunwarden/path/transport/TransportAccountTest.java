package org.lunwarden.path.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import org.lunwarden.io.DiskControl.Attribute;
import org.lunwarden.io.PortFacts;
import org.lunwarden.model.settings.NoPathRetry;
import org.lunwarden.model.settings.OffOr;
import org.lunwarden.model.settings.TransportTimeouts;

class TransportAccountTest {

    private static final PortFacts FC = new PortFacts.Fc("", "", "", "", "", "", "", "", "", "", "", "", "");
    private static final PortFacts OTHER = new PortFacts.Opaque("scsi_debug", 1);

    @Test
    void whatIsRaisedForTheSakeOfTheMapIsToldWithWhatIsThereNow() {
        var wanted = wanted(new OffOr.Number(5), new NoPathRetry.Queue());

        assertThat(account(wanted, FC, Map.of(Attribute.FAST_IO_FAIL_TMO, "5", Attribute.DEV_LOSS_TMO, "60")))
                .containsExactly(
                        "dev_loss_tmo 60 is shorter than no_path_retry, 2147483647 is used",
                        "the daemon keeps in sysfs: fast_io_fail_tmo 5, dev_loss_tmo 2147483647 (60 now)");
    }

    @Test
    void whatHasBeenSetIsToldAsWell() {
        var wanted = wanted(new OffOr.Number(5), new NoPathRetry.Queue());

        assertThat(account(wanted, FC, Map.of(Attribute.FAST_IO_FAIL_TMO, "5", Attribute.DEV_LOSS_TMO, "2147483647")))
                .contains("the daemon keeps in sysfs: fast_io_fail_tmo 5, dev_loss_tmo 2147483647");
    }

    @Test
    void whatTheKernelDoesNotTakeBesideAnotherIsToldAsWhatItTakes() {
        var wanted = wanted(new OffOr.Off(), new NoPathRetry.Queue());

        assertThat(account(wanted, FC, Map.of(Attribute.FAST_IO_FAIL_TMO, "5", Attribute.DEV_LOSS_TMO, "60")))
                .contains("dev_loss_tmo 2147483647 is not taken without fast_io_fail_tmo, 600 is used")
                .last()
                .isEqualTo("the daemon keeps in sysfs: fast_io_fail_tmo off (5 now), dev_loss_tmo 600 (60 now)");
    }

    @Test
    void anAttributeThatIsNotThereIsToldAsWanted() {
        var wanted = new TransportTimeouts(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new OffOr.Number(30)),
                Optional.empty(),
                new NoPathRetry.Fail(),
                Duration.ofSeconds(5));

        assertThat(account(wanted, OTHER, Map.of()))
                .containsExactly("the daemon keeps in sysfs: eh_deadline 30 (not read now)");
    }

    @Test
    void aTransportThatNothingIsWantedOfHasNothingToTell() {
        assertThat(account(TransportTimeouts.UNSET, OTHER, Map.of())).isEmpty();
    }

    private static List<String> account(TransportTimeouts wanted, PortFacts ports, Map<Attribute, String> current) {
        return TransportAccount.of(TimeoutPlan.of(wanted, ports, current), current)
                .lines();
    }

    private static TransportTimeouts wanted(OffOr fast, NoPathRetry retry) {
        return new TransportTimeouts(
                Optional.of(fast),
                Optional.of(Duration.ofSeconds(60)),
                Optional.empty(),
                Optional.empty(),
                retry,
                Duration.ofSeconds(5));
    }
}
