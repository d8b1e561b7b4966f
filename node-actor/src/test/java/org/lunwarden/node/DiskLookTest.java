package org.lunwarden.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.io.HostPorts;
import org.lunwarden.io.IoResult;
import org.lunwarden.model.DeviceName;
import org.lunwarden.node.DiskLook.Begun;
import org.lunwarden.node.DiskLook.DiskRead;
import org.lunwarden.node.DiskLook.News;
import org.lunwarden.node.DiskLook.Outcome;
import org.lunwarden.node.discovery.Candidates;
import org.lunwarden.node.site.Site;

class DiskLookTest extends OneHost {

    private static final DeviceName SLOW = new DeviceName("sdc");
    private static final DeviceName STUCK = new DeviceName("sdd");

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final LinkedBlockingQueue<News> inbox = new LinkedBlockingQueue<>();
    private final DiskReaders readers = new DiskReaders(portsAhead().clock());
    private final DiskLook look = new DiskLook(
            inbox::add,
            portsAhead(),
            Site.of(MultipathConf.builtIn(false)),
            Runnable::run,
            Runnable::run,
            readers,
            new KnownWwids());

    @AfterEach
    void close() {
        readers.close();
    }

    @Test
    void aDiskThatAnswersTheLookBeforeIsNotReadForThisOne() throws InterruptedException {
        san.hang(HOST, SLOW, true);
        begin(SLOW);
        assertThat(news()).isInstanceOf(DiskLook.Identified.class);
        ahead.set(Duration.ofSeconds(3));
        assertThat(ended().found().unread()).containsOnlyKeys(SLOW);

        san.hang(HOST, STUCK, true);
        begin(SLOW, STUCK);
        assertThat(news()).isInstanceOf(DiskLook.Identified.class);
        assertThat(news()).isInstanceOf(DiskLook.Identified.class);
        san.hang(HOST, SLOW, false);
        assertThat(news()).isInstanceOf(DiskLook.Opened.class);
        ahead.set(Duration.ofSeconds(6));

        assertThat(ended().found().unread()).containsOnlyKeys(SLOW, STUCK);
        san.hang(HOST, STUCK, false);
    }

    private void begin(DeviceName... disks) throws InterruptedException {
        look.begin(false, false, List.of(disks), Set.of());
        if (inbox.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                instanceof Begun(IoResult.Ok<DiskLook.Beginning>(var it))) {
            look.read(it, Candidates.NONE);
            assertThat(look.proceed(Candidates.NONE)).isEmpty();
        } else {
            throw new AssertionError("no beginning");
        }
    }

    private News news() throws InterruptedException {
        var news = inbox.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (news instanceof DiskRead read) {
            look.take(read, Candidates.NONE);
            assertThat(look.proceed(Candidates.NONE)).isEmpty();
            return read;
        }
        throw new AssertionError("no answer: " + news);
    }

    private Outcome ended() {
        return look.proceed(Candidates.NONE).orElseThrow();
    }

    private HostPorts portsAhead() {
        var host = ports();
        return new HostPorts(
                host.facts(),
                dm,
                host.blockDevices(),
                host.pathProbe(),
                host.uevents(),
                () -> host.clock().uptime().plus(ahead.get()),
                host.stateFiles(),
                host.diskControl(),
                host.fabricEvents());
    }
}
