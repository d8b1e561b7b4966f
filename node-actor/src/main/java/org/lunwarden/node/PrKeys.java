package org.lunwarden.node;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import org.lunwarden.conf.value.ReservationKey;
import org.lunwarden.io.IoResult;
import org.lunwarden.io.StateFiles;
import org.lunwarden.io.StateFiles.File;
import org.lunwarden.model.Wwid;
import org.lunwarden.node.names.PrKeysFile;

/** The keys of persistent reservations that a host remembers from one run to the next. Blocking. */
record PrKeys(StateFiles files) {

    /** Empty when the map has none. */
    IoResult<Optional<ReservationKey.Key>> of(Wwid wwid) {
        return files.read(File.PRKEYS).then(text -> new IoResult.Ok<>(key(text, wwid)));
    }

    /** @return the key that it had before, so that it can be put back when the array refuses the new one */
    IoResult<Optional<ReservationKey.Key>> put(Wwid wwid, ReservationKey.Key key) {
        return change(wwid, file -> file.with(wwid, key));
    }

    /** @return the key that it had */
    IoResult<Optional<ReservationKey.Key>> remove(Wwid wwid) {
        return change(wwid, file -> file.without(wwid));
    }

    private IoResult<Optional<ReservationKey.Key>> change(Wwid wwid, UnaryOperator<PrKeysFile> edit) {
        var before = new AtomicReference<Optional<ReservationKey.Key>>(Optional.empty());
        return files.change(File.PRKEYS, text -> {
                    before.set(key(text, wwid));
                    return edit.apply(new PrKeysFile(text)).text();
                })
                .then(after -> new IoResult.Ok<>(before.get()));
    }

    private static Optional<ReservationKey.Key> key(String text, Wwid wwid) {
        return Optional.ofNullable(new PrKeysFile(text).keys().get(wwid));
    }
}
