package org.lunwarden.map.plan;

import java.util.List;
import java.util.Set;

import org.lunwarden.model.DevT;
import org.lunwarden.model.Wwid;
import org.lunwarden.model.map.MapName;
import org.lunwarden.model.map.PathReport;
import org.lunwarden.model.settings.MapSettings;

/**
 * All that a plan depends on.
 *
 * @param paths every path that is announced, checked or not; one that the kernel has failed is in doubt until it has
 *     proven itself
 * @param gone paths that are lost but may still be in the kernel's table, or whose disk is another one now
 * @param unread paths of the kernel's table that nobody has told of since their disks cannot be read
 * @param forsaken whether the map had paths and has lost the last one
 * @param queueing whether I/O that finds no path is to be kept
 * @param announcement whether udev is to be told that the map is ready
 * @param reassign paths of which what stands on them is to be moved onto the map
 * @param patience what is not to be done yet, or not again
 */
public record Situation(
        Wwid wwid,
        MapName name,
        MapSettings settings,
        KernelView kernel,
        List<PathReport> paths,
        List<PathReport> gone,
        Set<DevT> unread,
        boolean forsaken,
        boolean queueing,
        Announcement announcement,
        Set<DevT> reassign,
        Patience patience) {

    /** What udev is told of a map that has a usable path. */
    public enum Announcement {
        USUAL,
        /** It is not ready yet. */
        HELD_BACK,
        /** It was not ready when its table was loaded, and is now. */
        DUE,
        /** It is ready, and udev has not taken it in. */
        MISSED
    }

    /** Whether no path is left, not even one that cannot be read. */
    boolean isLost() {
        return forsaken && unread.isEmpty();
    }

    /** Whether it is to be called by its WWID. */
    boolean isCalledByWwid() {
        return name instanceof MapName.Wanted(var text) && text.equals(wwid.value());
    }

    /** A new map is called so for as long as another device has its name; one whose name nobody knows is not made. */
    MapName nameByWwid() {
        return name instanceof MapName.Unsaid ? name : new MapName.OfNewMap(wwid.value());
    }

    public Situation {
        paths = List.copyOf(paths);
        gone = List.copyOf(gone);
        unread = Set.copyOf(unread);
        reassign = Set.copyOf(reassign);
    }
}
