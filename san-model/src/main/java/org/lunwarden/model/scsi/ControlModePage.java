package org.lunwarden.model.scsi;

import java.util.ArrayList;
import java.util.List;

/**
 * Mode page 0Ah, Control (SPC-5 7.5.10), as MODE SENSE(10) gives it, and as MODE SELECT(10) takes it.
 *
 * <pre>
 * answer := length(2) medium specific 0 0 descriptors(2) descriptor{descriptors} page    length without its own bytes
 * page   := 0Ah|saveable  length  content{length}
 * </pre>
 *
 * @param content what follows the page's length; a mask of bits when the answer is about what can be changed
 */
public record ControlModePage(List<Byte> content) {

    public static final int CODE = 0x0a;

    /** Bytes of an answer at most. */
    public static final int ALLOCATION = 252;

    private static final int HEADER = 8;
    private static final int PAGE_HEADER = 2;
    private static final int HAS_SUBPAGE = 0x40;

    /** Byte 5 of the page, bit 6. */
    private static final int TAS_AT = 3;

    private static final int TAS = 0x40;

    public ControlModePage {
        content = List.copyOf(content);
    }

    public static Decoded<ControlModePage> parse(List<Byte> data) {
        var bytes = new Bytes(data);
        if (!bytes.has(0, HEADER)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, bytes.size(), "mode parameters without a header");
        }
        var whole = bytes.slice(0, 2 + bytes.u16(0));
        var at = HEADER + bytes.u16(6);
        if (!whole.has(at, PAGE_HEADER)) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, whole.size(), "mode parameters without a page");
        }
        if ((whole.u8(at) & 0x3f) != CODE || (whole.u8(at) & HAS_SUBPAGE) != 0) {
            return new Decoded.Invalid<>(
                    Decoded.Fault.MALFORMED, at, "mode page 0x" + Integer.toHexString(whole.u8(at) & 0x7f));
        }
        var length = whole.u8(at + 1);
        if (!whole.has(at + PAGE_HEADER, length) || length <= TAS_AT) {
            return new Decoded.Invalid<>(Decoded.Fault.TRUNCATED, whole.size(), "control mode page cut off");
        }
        return new Decoded.Ok<>(
                new ControlModePage(whole.slice(at + PAGE_HEADER, length).content()));
    }

    /** TAS: a command that another initiator had aborted ends with a status of its own, rather than without one. */
    public boolean taskAbortedStatus() {
        return (content.get(TAS_AT) & TAS) != 0;
    }

    public ControlModePage withTaskAbortedStatus() {
        var changed = new ArrayList<>(content);
        changed.set(TAS_AT, (byte) (content.get(TAS_AT) | TAS));
        return new ControlModePage(changed);
    }

    /** The parameter list that has MODE SELECT(10) set the page. */
    public byte[] parameters() {
        var list = new byte[HEADER + PAGE_HEADER + content.size()];
        list[HEADER] = CODE;
        list[HEADER + 1] = (byte) content.size();
        for (var i = 0; i < content.size(); i++) {
            list[HEADER + PAGE_HEADER + i] = content.get(i);
        }
        return list;
    }
}
