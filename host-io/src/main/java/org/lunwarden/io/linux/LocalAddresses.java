package org.lunwarden.io.linux;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Which of this host's addresses a portal is reached from. */
record LocalAddresses(Supplier<List<Local>> all) {

    /** @param prefix bits of the network part */
    record Local(String device, InetAddress address, int prefix) {

        private boolean reaches(byte[] other) {
            var own = address.getAddress();
            if (own.length != other.length || prefix <= 0) {
                return false;
            }
            for (int bit = 0; bit < prefix && bit < 8 * own.length; bit++) {
                if (((own[bit / 8] ^ other[bit / 8]) & (0x80 >> (bit % 8))) != 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return address.getHostAddress().replaceAll("%.*", "") + "/" + prefix;
        }
    }

    static LocalAddresses ofThisHost() {
        return new LocalAddresses(LocalAddresses::interfaces);
    }

    /** The addresses as they are when they are first asked for. */
    LocalAddresses readOnce() {
        var read = new AtomicReference<Optional<List<Local>>>(Optional.empty());
        return new LocalAddresses(() -> read.updateAndGet(known -> known.or(() -> Optional.of(all.get())))
                .orElseThrow());
    }

    /**
     * The address that the session says it uses, else the one on the device it says, else the one with the longest
     * prefix that the portal shares.
     */
    Optional<Local> towards(String ownAddress, String device, String portal) {
        var locals = all.get();
        var own = bytes(ownAddress);
        var exact = locals.stream()
                .filter(local -> Arrays.equals(local.address().getAddress(), own))
                .findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        var there = bytes(portal);
        return locals.stream()
                .filter(local -> local.device().equals(device) || local.reaches(there))
                .max(Comparator.comparing((Local local) -> local.device().equals(device))
                        .thenComparingInt(Local::prefix));
    }

    /** Reads a numeric address; asks no name service. */
    private static byte[] bytes(String address) {
        try {
            return address.matches("[0-9a-fA-F:.]*[.:][0-9a-fA-F:.]*")
                    ? InetAddress.getByName(address).getAddress()
                    : new byte[0];
        } catch (UnknownHostException hostile) {
            return new byte[0];
        }
    }

    private static List<Local> interfaces() {
        var locals = new ArrayList<Local>();
        try {
            for (var device : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (var address : device.getInterfaceAddresses()) {
                    locals.add(new Local(device.getName(), address.getAddress(), address.getNetworkPrefixLength()));
                }
            }
        } catch (SocketException none) {
            return List.of();
        }
        return locals;
    }
}
