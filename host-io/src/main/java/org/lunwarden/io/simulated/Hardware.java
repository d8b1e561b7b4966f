package org.lunwarden.io.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.lunwarden.model.AluaState;

/** The storage side of a SAN: arrays, their controllers, ports and units. */
final class Hardware {

    private Hardware() {}

    /** What an array's ports speak. */
    enum Protocol {
        FCP(0),
        ISCSI(3260),
        NVME_FC(0),
        NVME_TCP(4420);

        /** Its number in TCP; 0 without. */
        final int service;

        Protocol(int service) {
            this.service = service;
        }

        boolean isNvme() {
            return this == NVME_FC || this == NVME_TCP;
        }

        boolean isFc() {
            return this == FCP || this == NVME_FC;
        }
    }

    static final class StorageArray {
        final String name;
        final long wwnn;
        /** Name of the target, or of the subsystem. */
        final String iqn;

        final Protocol protocol;
        final String vendor;
        final String product;
        final Health health;
        final List<Controller> controllers = new ArrayList<>();
        final List<TargetPort> ports = new ArrayList<>();
        final List<Lun> luns = new ArrayList<>();

        StorageArray(String name, int number, Protocol protocol, String vendor, String product) {
            this.name = name;
            this.wwnn = 0x5006_0e80_0000_0000L | (long) number << 16;
            this.protocol = protocol;
            this.iqn = (protocol.isNvme() ? "nqn" : "iqn") + ".2026-11.org.lunwarden:" + name;
            this.vendor = vendor;
            this.product = product;
            this.health = new Health(Part.Kind.ARRAY, protocol.isFc() ? Names.digits(wwnn) : iqn, "array " + name);
        }

        String key() {
            return health.part.id();
        }

        boolean isNvme() {
            return protocol.isNvme();
        }
    }

    static final class Controller {
        final StorageArray array;
        /** Target port group, from 1. */
        final int group;

        final Health health;

        Controller(StorageArray array, int group) {
            this.array = array;
            this.group = group;
            this.health = new Health(
                    Part.Kind.CONTROLLER, array.key() + "/" + group, "controller " + group + " of array " + array.name);
        }

        boolean isUp() {
            return health.isUp() && array.health.isUp();
        }
    }

    static final class TargetPort {
        final Controller controller;
        final Fabric fabric;
        final int domain;
        final int fcid;
        /** Relative target port identifier, from 1. */
        final int relative;

        final long wwpn;
        final String address;
        final Health health;

        TargetPort(Controller controller, Fabric fabric, int domain, int relative, String address) {
            this.controller = controller;
            this.fabric = fabric;
            this.domain = domain;
            this.fcid = domain << 16 | fabric.plug(domain);
            this.relative = relative;
            this.wwpn = controller.array.wwnn | relative;
            this.address = address;
            this.health = new Health(
                    Part.Kind.TARGET_PORT,
                    fabric.subnet.isPresent() ? address + ":" + controller.array.protocol.service : Names.digits(wwpn),
                    "port " + relative + " of array " + controller.array.name);
        }
    }

    static final class Lun {
        final StorageArray array;
        final int number;
        final Controller preferred;
        final Health health;
        final ModePages modePages = new ModePages();
        Controller owner;
        long sectors;

        Lun(StorageArray array, int number, Controller preferred, long sectors) {
            this.array = array;
            this.number = number;
            this.preferred = preferred;
            this.owner = preferred;
            this.sectors = sectors;
            var name = naa(array, number);
            this.health = new Health(
                    Part.Kind.LUN, (array.isNvme() ? "eui." : "3") + name, "LUN " + number + " of " + array.name);
        }

        String wwid() {
            return health.part.id();
        }

        String serial() {
            return String.format(Locale.ROOT, "%06x%06x", array.wwnn >> 16 & 0xffffff, number);
        }

        AluaState stateAt(Controller controller) {
            if (!controller.isUp()) {
                return AluaState.UNAVAILABLE;
            }
            return controller == owner ? AluaState.OPTIMIZED : AluaState.NON_OPTIMIZED;
        }

        /** NAA type 6 name, 32 digits. */
        private static String naa(StorageArray array, int number) {
            return String.format(Locale.ROOT, "60060e80%08x%016x", array.wwnn >> 16 & 0xffffffffL, number);
        }
    }
}
