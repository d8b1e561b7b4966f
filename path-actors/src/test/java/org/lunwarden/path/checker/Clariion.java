package org.lunwarden.path.checker;

import org.lunwarden.model.Wwid;

/** Units that no other path is concerned with. */
final class Clariion {

    static final Wwid WWID = new Wwid("360060160a0b1220021f8c3d5e7a9e011");

    private Clariion() {}

    static ClariionUnit alone() {
        return new ClariionUnit(WWID, new InactiveSnapshots());
    }
}
