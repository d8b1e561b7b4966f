package org.lunwarden.io.simulated;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.lunwarden.io.IoResult;
import org.lunwarden.io.StateFiles;
import org.lunwarden.io.Subscription;
import org.lunwarden.model.Wwid;

/** Files in memory, which outlive the daemon as a disk's do. */
final class SimulatedStateFiles implements StateFiles {

    private final Map<File, String> texts = new EnumMap<>(File.class);
    private final Set<String> failed = new TreeSet<>();
    private final Listeners<File> listeners = new Listeners<>();

    @Override
    public synchronized IoResult<String> read(File file) {
        return new IoResult.Ok<>(texts.getOrDefault(file, ""));
    }

    @Override
    public IoResult<String> change(File file, UnaryOperator<String> edit) {
        String before;
        String after;
        synchronized (this) {
            before = texts.getOrDefault(file, "");
            after = edit.apply(before);
            texts.put(file, after);
        }
        if (!before.equals(after)) {
            listeners.tell(file);
        }
        return new IoResult.Ok<>(after);
    }

    @Override
    public synchronized IoResult<Set<String>> failed() {
        return new IoResult.Ok<>(Set.copyOf(failed));
    }

    @Override
    public synchronized IoResult<IoResult.Done> markFailed(Wwid wwid, boolean isFailed) {
        var unused = isFailed ? failed.add(wwid.value()) : failed.remove(wwid.value());
        return IoResult.done();
    }

    @Override
    public Subscription onChange(Consumer<File> listener) {
        return listeners.add(listener);
    }
}
