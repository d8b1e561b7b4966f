package org.lunwarden.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.FleetOnLoopback.ACCEPTS;
import static org.lunwarden.fleet.FleetOnLoopback.await;
import static org.lunwarden.fleet.FleetOnLoopback.hears;
import static org.lunwarden.fleet.FleetOnLoopback.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.lunwarden.fleet.tls.ThrowAwayCertificates;

class TlsTest {

    @TempDir
    private Path folder;

    @Test
    void onlyAMemberWithACertificateOfThisFleetIsLetIn() {
        var ours = ThrowAwayCertificates.of("lunwarden");
        var ofAnotherAuthority = ThrowAwayCertificates.of("lunwarden");
        var friend = new SyntheticHost(1, 4, 8);
        var stranger = new SyntheticHost(2, 4, 8);
        UnaryOperator<FleetSettings> certificates = settings -> {
            var by = settings.host().equals(stranger.id()) ? ofAnotherAuthority : ours;
            return settings.with(files(by, settings.host().value()));
        };
        try (var fleet = new FleetOnLoopback(1, certificates)) {
            var view = fleet.view(0);
            var out = fleet.host(stranger.id().value(), ACCEPTS);
            var in = fleet.host(friend.id().value(), ACCEPTS);
            out.reports().publish(stranger.report());
            in.reports().publish(friend.report());

            await("the friend is heard", () -> hears(view, friend, Contact.REPORTING));
            var before = fleet.callsFrom(out);
            await("the stranger has called again and again", () -> fleet.callsFrom(out) > before + 3);

            assertThat(out.isMember()).isFalse();
            assertThat(view.status().members()).isEqualTo(2);
            assertThat(snapshot(view).host(stranger.id())).isEmpty();
        }
    }

    private TlsFiles files(ThrowAwayCertificates authority, String member) {
        try {
            return authority.member(member, folder.resolve(member));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
