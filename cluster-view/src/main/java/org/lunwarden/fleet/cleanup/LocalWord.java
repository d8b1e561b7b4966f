package org.lunwarden.fleet.cleanup;

/**
 * What a host itself knows of a map that looks dead.
 *
 * @param found whether the host has the map
 * @param users how many have it open, or stand on it
 * @param paths of the map
 * @param usablePaths of these, by their last check
 * @param absent of these, how many the array answered now that it has no such unit
 */
public record LocalWord(boolean found, int users, int paths, int usablePaths, int absent) {

    public static final LocalWord NO_MAP = new LocalWord(false, 0, 0, 0, 0);
}
