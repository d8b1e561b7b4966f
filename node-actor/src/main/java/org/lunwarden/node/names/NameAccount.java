package org.lunwarden.node.names;

import java.util.Optional;

import org.lunwarden.model.Wwid;

/**
 * Where the name of a map comes from. Pure, and made of what it was decided by.
 *
 * @param sentence without a newline
 */
public record NameAccount(String sentence) {

    /** Nobody wanted a name for it: its paths were not seen. */
    public static final NameAccount UNASKED =
            new NameAccount("its name: the one that it has in the kernel, since no path of it was seen");

    /**
     * @param given what it was told to be called; empty while that is being found out
     * @param remark why that is not what the site wants; empty when it is
     */
    public static NameAccount of(Wwid wwid, NameWish wish, Optional<String> given, String remark) {
        return new NameAccount("its name: "
                + given.map(name -> name + ", " + origin(wwid, wish, name, remark))
                        .orElse("still being looked up"));
    }

    private static String origin(Wwid wwid, NameWish wish, String name, String remark) {
        if (!remark.isEmpty()) {
            return (name.equals(wwid.value()) ? "its WWID" : "which it has already") + ", since " + remark;
        }
        var said = wish.said().isEmpty() ? "" : ", by " + wish.said();
        if (name.equals(wwid.value())) {
            return "its WWID" + said;
        }
        return wish.alias().isPresent() ? "its own alias" + said : "from the file bindings" + said;
    }
}
