package org.lunwarden.deploy.daemon;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** Sees to it that a host's maps have one owner: not two of us, and not multipathd beside us. */
public final class SoleOwner implements AutoCloseable {

    private static final Path LOCK = Path.of("/run/lunwarden.lock");
    private static final Path SOCKETS = Path.of("/proc/net/unix");
    private static final List<String> MULTIPATHD =
            List.of("@/org/kernel/linux/storage/multipathd", "/run/multipathd.socket");

    /** {@code __SO_ACCEPTCON} of the kernel's net.h: somebody listens. */
    private static final String LISTENING = "00010000";

    private final FileChannel channel;
    private final FileLock lock;

    private SoleOwner(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /** @throws IllegalStateException naming who has the host's maps already, or that this cannot be known */
    public static SoleOwner claim() {
        try {
            multipathd(Files.readAllLines(SOCKETS, StandardCharsets.UTF_8)).ifPresent(socket -> {
                throw new IllegalStateException("multipathd listens on " + socket
                        + ": stop it, and its socket unit, before this daemon is started");
            });
            return claim(LOCK);
        } catch (IOException unknown) {
            throw new IllegalStateException(
                    "it cannot be told whether this host's maps have an owner: " + unknown, unknown);
        }
    }

    static SoleOwner claim(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = channel.tryLock();
            if (lock != null) {
                return new SoleOwner(channel, lock);
            }
        } catch (OverlappingFileLockException ours) {
            channel.close();
            throw new IllegalStateException("this process has " + file + " already", ours);
        }
        channel.close();
        throw new IllegalStateException("another lunwarden node runs on this host: it has locked " + file);
    }

    /** The socket of multipathd that somebody listens on, of the lines of proc(5)'s {@code /proc/net/unix}. */
    static Optional<String> multipathd(List<String> lines) {
        return lines.stream()
                .map(line -> List.of(line.strip().split("\\s+", 8)))
                .filter(words ->
                        words.size() == 8 && words.get(3).equals(LISTENING) && MULTIPATHD.contains(words.get(7)))
                .map(List::getLast)
                .findFirst();
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException broken) {
            throw new IllegalStateException("the lock of this daemon cannot be given back", broken);
        }
    }
}
