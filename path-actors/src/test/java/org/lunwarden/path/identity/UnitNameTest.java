package org.lunwarden.path.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.Wwid;
import org.lunwarden.path.Disks;
import org.lunwarden.path.identity.UnitName.Source;

class UnitNameTest {

    private static final UnitName NAA = new UnitName(Source.PAGE_83, "3600a098038302d414b2b4d4453474f62");
    private static final List<Byte> OTHER = Disks.bytes("0083001401030010600a098038302d414b2b4d4453474f63");
    private static final List<Byte> TWO_NAMES =
            Disks.bytes("00830020" + "01030010600a098038302d414b2b4d4453474f62" + "010300085001020304050607");
    private static final List<Byte> SERIAL = Disks.bytes("00800003414243");

    @Test
    void aDiskIsNamedByItsOwnPagesWhateverUdevSays() {
        var udev = Map.of("ID_SERIAL", "360000000000000001");

        assertThat(UnitName.of(Disks.identified("sdb", SERIAL, Disks.PAGE_83, udev)))
                .contains(NAA);
        assertThat(UnitName.of(Disks.identified("sdb", SERIAL, List.of(), udev)))
                .contains(new UnitName(Source.PAGE_80, "ABC"));
        assertThat(UnitName.of(Disks.identified("sdb", List.of(), List.of(), udev)))
                .isEmpty();
    }

    @Test
    void aDiskWhosePageGivesNoneOfItsNamesAsTheWwidMustBecomeThatUnitFirst() {
        var wwid = new Wwid(NAA.name());

        assertThat(UnitName.expected(Disks.identified("sdb", SERIAL, Disks.PAGE_83, Map.of()), wwid))
                .contains(NAA);
        assertThat(UnitName.expected(Disks.identified("sdb", SERIAL, OTHER, Map.of()), wwid))
                .contains(NAA);
        assertThat(UnitName.expected(Disks.identified("sdb", SERIAL, List.of(), Map.of()), wwid))
                .contains(new UnitName(Source.PAGE_80, "ABC"));
        assertThat(UnitName.expected(Disks.identified("sdb", SERIAL, OTHER, Map.of()), new Wwid("SACME_disk_7")))
                .as("a site's own rule made that WWID")
                .contains(new UnitName(Source.PAGE_83, "3600a098038302d414b2b4d4453474f63"));
        assertThat(UnitName.expected(
                        Disks.identified("sdb", SERIAL, TWO_NAMES, Map.of()), new Wwid("35001020304050607")))
                .as("the WWID is the second of its names")
                .contains(NAA);
    }

    @Test
    void onlyAnotherNameOfTheSameSourceDeniesIt() {
        var udev = Map.of("ID_SERIAL", NAA.name());

        assertThat(NAA.deniedBy(Disks.identified("sdb", SERIAL, OTHER, udev)))
                .contains(new UnitName(Source.PAGE_83, "3600a098038302d414b2b4d4453474f63"));
        assertThat(NAA.deniedBy(Disks.identified("sdb", SERIAL, Disks.PAGE_83, Map.of())))
                .isEmpty();
        assertThat(NAA.deniedBy(Disks.identified("sdb", SERIAL, List.of(), udev)))
                .as("a disk that is away may lose its pages")
                .isEmpty();
    }

    @Test
    void aBetterNameThatAnArrayAddsDoesNotDenyTheOneItKeeps() {
        var held = new UnitName(Source.PAGE_83, "35001020304050607");

        assertThat(held.deniedBy(Disks.identified("sdb", SERIAL, TWO_NAMES, Map.of())))
                .isEmpty();
        assertThat(held.deniedBy(Disks.identified("sdb", SERIAL, Disks.PAGE_83, Map.of())))
                .contains(NAA);
    }

    @Test
    void aPageThatNamesOnlyItsPortDeniesNothing() {
        var port = Disks.bytes("0083000c" + "611300085001020304050607");

        assertThat(NAA.deniedBy(Disks.identified("sdb", SERIAL, port, Map.of())))
                .isEmpty();
    }
}
