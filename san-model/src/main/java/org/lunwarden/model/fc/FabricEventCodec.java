package org.lunwarden.model.fc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the datagrams of the netlink family {@code NETLINK_SCSITRANSPORT}. What is short, lies about its length or is of
 * another kind gives no event.
 *
 * <pre>
 * datagram   := message*                                          each padded to 4 bytes
 * message    := length:32 type:16 flags:16 sequence:32 sender:32 body        type 0x11, host byte order
 * body       := version:8 transport:8 magic:16 type:16 length:16             1, 1 for FC, 0xa1b2, 0x0100
 *               seconds:64 vendor:64 host:16 datalen:16 number:32 code:32 data
 * code       := 0x2 link up | 0x5 RSCN | 0x501, 0x502 FPIN; others are passed over
 * FPIN data  := 0x16 0:24 length:32 descriptor*                              big-endian
 * descriptor := tag:32 length:32 content                                     tag 0x00020001: link integrity
 * content    := detecting:64 attached:64 event:16 modifier:16 threshold:32 count:32 names:32 name:64*
 * </pre>
 *
 * Sources: Linux {@code include/uapi/scsi/scsi_netlink.h}, {@code scsi_netlink_fc.h}, {@code fc/fc_els.h}; FC-LS-5.
 */
public final class FabricEventCodec {

    private static final int MESSAGE_HEADER = 16;
    private static final int EVENT_HEADER = 36;
    private static final int TRANSPORT_MESSAGE = 0x11;
    private static final int VERSION = 1;
    private static final int FC = 1;
    private static final int MAGIC = 0xa1b2;
    private static final int ASYNC_EVENT = 0x0100;
    private static final int LINK_UP = 0x2;
    private static final int RSCN = 0x5;
    private static final int FPIN_EVENT = 0x501;
    private static final int FPIN_HANDLED = 0x502;
    private static final int FPIN = 0x16;
    private static final int FPIN_HEADER = 8;
    private static final int DESCRIPTOR_HEADER = 8;
    private static final int LINK_INTEGRITY = 0x0002_0001;
    private static final int LINK_INTEGRITY_NAMES = 32;
    private static final int ATTACHED = 8;
    private static final int NAME = 8;

    private FabricEventCodec() {}

    /** The events of one datagram, in host byte order. */
    public static List<FabricEvent> parse(byte[] datagram, ByteOrder order) {
        var events = new ArrayList<FabricEvent>();
        var from = 0;
        while (datagram.length - from >= MESSAGE_HEADER) {
            var all = ByteBuffer.wrap(datagram).order(order);
            var length = all.getInt(from);
            if (length < MESSAGE_HEADER || length > datagram.length - from) {
                break;
            }
            if (Short.toUnsignedInt(all.getShort(from + 4)) == TRANSPORT_MESSAGE) {
                event(all.slice(from + MESSAGE_HEADER, length - MESSAGE_HEADER).order(order))
                        .ifPresent(events::add);
            }
            // no more than the datagram's length, as was just seen
            from += (length + 3) & ~3;
        }
        return List.copyOf(events);
    }

    private static Optional<FabricEvent> event(ByteBuffer body) {
        if (body.limit() < EVENT_HEADER
                || body.get(0) != VERSION
                || body.get(1) != FC
                || Short.toUnsignedInt(body.getShort(2)) != MAGIC
                || Short.toUnsignedInt(body.getShort(4)) != ASYNC_EVENT) {
            return Optional.empty();
        }
        var host = Short.toUnsignedInt(body.getShort(24));
        var told = Short.toUnsignedInt(body.getShort(26));
        var data = body.slice(EVENT_HEADER, Math.min(told, body.limit() - EVENT_HEADER))
                .order(ByteOrder.BIG_ENDIAN);
        return switch (body.getInt(32)) {
            case LINK_UP -> Optional.of(new FabricEvent.LinkUp(host));
            case RSCN -> Optional.of(new FabricEvent.FabricChanged(host));
            case FPIN_EVENT, FPIN_HANDLED ->
                Optional.of(ports(data))
                        .filter(ports -> !ports.isEmpty())
                        .map(ports -> new FabricEvent.LinkErrors(host, ports));
            default -> Optional.empty();
        };
    }

    /** Those that a descriptor of link errors names. */
    private static Set<String> ports(ByteBuffer fpin) {
        var ports = new HashSet<String>();
        if (fpin.limit() < FPIN_HEADER || Byte.toUnsignedInt(fpin.get(0)) != FPIN) {
            return ports;
        }
        var end = (int) Math.min(fpin.limit(), FPIN_HEADER + Integer.toUnsignedLong(fpin.getInt(4)));
        var from = FPIN_HEADER;
        while (end - from >= DESCRIPTOR_HEADER) {
            var length = Integer.toUnsignedLong(fpin.getInt(from + 4));
            if (length > end - from - DESCRIPTOR_HEADER) {
                break;
            }
            if (fpin.getInt(from) == LINK_INTEGRITY) {
                addPorts(fpin.slice(from + DESCRIPTOR_HEADER, (int) length).order(ByteOrder.BIG_ENDIAN), ports);
            }
            from += DESCRIPTOR_HEADER + (int) length;
        }
        return ports;
    }

    private static void addPorts(ByteBuffer errors, Set<String> ports) {
        if (errors.limit() < LINK_INTEGRITY_NAMES) {
            return;
        }
        add(errors.getLong(ATTACHED), ports);
        var names = Integer.toUnsignedLong(errors.getInt(LINK_INTEGRITY_NAMES - 4));
        for (var at = LINK_INTEGRITY_NAMES; names > 0 && errors.limit() - at >= NAME; at += NAME, names--) {
            add(errors.getLong(at), ports);
        }
    }

    private static void add(long name, Set<String> ports) {
        if (name != 0) {
            ports.add("0x%016x".formatted(name));
        }
    }
}
