package org.lunwarden.fleet.check;

/**
 * How many checks of LUN paths the fleet may ask for, beyond those that hosts make anyway.
 *
 * @param perPort a second, at one port of an array
 * @param portBurst at once, there
 * @param perHost a second, of one host
 * @param hostBurst at once, of it
 */
public record CheckLimits(double perPort, double portBurst, double perHost, double hostBurst) {

    public static final CheckLimits DEFAULT = new CheckLimits(200, 400, 128, 256);

    /** @throws IllegalArgumentException when one is not positive */
    public CheckLimits {
        if (!(perPort > 0 && portBurst > 0 && perHost > 0 && hostBurst > 0)) {
            throw new IllegalArgumentException(
                    "limits are positive: " + perPort + " " + portBurst + " " + perHost + " " + hostBurst);
        }
    }
}
