package org.lunwarden.fleet;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.remote.artery.RemoteInstrument;

import org.lunwarden.fleet.wire.ToView;

/** Counts what hosts send to views, in all systems of this process that have it among their instruments. */
public final class MessageCount extends RemoteInstrument {

    private static final LongAdder TO_VIEWS = new LongAdder();
    private static final LongAdder BYTES = new LongAdder();

    /** Made by the transport. */
    public MessageCount(ExtendedActorSystem system) {}

    static long toViews() {
        return TO_VIEWS.sum();
    }

    /** Of these messages as they go into the transport. */
    static long bytesToViews() {
        return BYTES.sum();
    }

    @Override
    public byte identifier() {
        return 20;
    }

    @Override
    public void remoteWriteMetadata(ActorRef recipient, Object message, ActorRef sender, ByteBuffer buffer) {}

    @Override
    public void remoteMessageSent(ActorRef recipient, Object message, ActorRef sender, int size, long time) {
        if (message instanceof ToView) {
            TO_VIEWS.increment();
            BYTES.add(size);
        }
    }

    @Override
    public void remoteReadMetadata(ActorRef recipient, Object message, ActorRef sender, ByteBuffer buffer) {}

    @Override
    public void remoteMessageReceived(ActorRef recipient, Object message, ActorRef sender, int size, long time) {}
}
