package org.lunwarden.node.discovery;

/**
 * Whether a device is claimed for multipath before a map of it is there, and why: what {@code multipath -c} and
 * {@code -u} tell udev.
 */
public record Claim(Answer answer, String reason) {

    public enum Answer {
        VALID,
        /** Valid, whatever else holds the device. */
        VALID_NO_CHECK,
        /** It is as soon as another path of its WWID shows up in time. */
        MAYBE_VALID,
        NOT_VALID,
        /** It could not be found out; counts as not valid. */
        ERROR;

        /** {@code DM_MULTIPATH_DEVICE_PATH}: 1 a path, 2 perhaps, 0 none. */
        public int devicePath() {
            return switch (this) {
                case VALID, VALID_NO_CHECK -> 1;
                case MAYBE_VALID -> 2;
                case NOT_VALID, ERROR -> 0;
            };
        }
    }
}
