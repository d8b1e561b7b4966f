package org.lunwarden.model.scsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.Wwid;

/** A device may answer anything: whatever it is, it is read to a value or a fault, and never past its end. */
class HostileBytesTest {

    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 20261121, 424242})
    void anyBytesAreReadToAValueOrAFault(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            var bytes = answer(random);

            allIsWellWithSense(bytes);
            allIsWellWithPages(bytes);
            allIsWellWithGroups(bytes);
            allIsWellWithVendorPages(bytes);
            assertThat(StandardInquiry.parse(bytes) instanceof Decoded.Ok).isEqualTo(bytes.size() >= 6);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 20261122})
    void aPageCutAnywhereNeverGivesAnotherLogicalUnit(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++) {
            var id = new byte[16];
            random.nextBytes(id);
            id[0] = (byte) (0x60 | (id[0] & 0x0f));
            var page = new ArrayList<>(Hex.bytes("0083 0014 0103 0010"));
            for (var each : id) {
                page.add(each);
            }
            var cut = page.subList(0, random.nextInt(page.size()));

            var read = DeviceIdentification.parse(cut);

            if (read instanceof Decoded.Ok<DeviceIdentification>(var identification)) {
                assertThat(identification.wwid()).isInstanceOf(Decoded.Invalid.class);
            }
        }
    }

    private static void allIsWellWithSense(List<Byte> bytes) {
        if (Sense.parse(bytes) instanceof Decoded.Ok<Sense>(var sense)) {
            assertThat(sense.key()).isBetween(0, 15);
            assertThat(sense.asc()).isBetween(Sense.ABSENT, 255);
            assertThat(sense.ascq()).isBetween(Sense.ABSENT, 255);
        }
    }

    private static void allIsWellWithPages(List<Byte> bytes) {
        if (UnitSerialNumber.parse(bytes) instanceof Decoded.Ok<String>(var serial)) {
            assertThat(serial).isNotBlank().hasSizeLessThanOrEqualTo(128);
        }
        if (DeviceIdentification.parse(bytes) instanceof Decoded.Ok<DeviceIdentification>(var identification)) {
            var used = identification.designators().stream()
                    .mapToInt(designator -> 4 + designator.id().size())
                    .sum();
            assertThat(used).isLessThanOrEqualTo(bytes.size() - 4);
            if (identification.wwid() instanceof Decoded.Ok<Wwid>(var wwid)) {
                assertThat(Wwid.isValid(wwid.value())).isTrue();
            }
            identification.targetPortGroup().ifPresent(id -> assertThat(id).isBetween(0, 0xffff));
            identification.targetDeviceName().ifPresent(name -> assertThat(name).matches("[0-9a-f]{16}|[0-9a-f]{32}"));
        }
    }

    private static void allIsWellWithVendorPages(List<Byte> bytes) {
        if (VolumeAccessPage.parse(bytes) instanceof Decoded.Ok<VolumeAccessPage>(var page)) {
            assertThat(bytes.size()).isGreaterThanOrEqualTo(page.access().isPresent() ? 14 : 10);
            page.access().ifPresent(access -> assertThat(access.state()).isBetween(0, 15));
        }
        if (ClariionPage.parse(bytes) instanceof Decoded.Ok<ClariionPage>(var page)) {
            assertThat(bytes.size()).isGreaterThanOrEqualTo(49);
            assertThat(page.wwn()).matches("[0-9a-f]{32}");
        }
        if (OntapPath.parse(bytes) instanceof Decoded.Ok<OntapPath>) {
            assertThat(bytes.size()).isGreaterThanOrEqualTo(8);
        }
        assertThat(OntapPath.isProxied(bytes) && bytes.size() < 20).isFalse();
        if (SupportedPages.parse(bytes) instanceof Decoded.Ok<SupportedPages>(var pages)) {
            assertThat(pages.codes())
                    .hasSizeLessThanOrEqualTo(bytes.size() - 4)
                    .allMatch(code -> code >= 0 && code < 256);
        }
    }

    private static void allIsWellWithGroups(List<Byte> bytes) {
        if (TargetPortGroups.parse(bytes) instanceof Decoded.Ok<TargetPortGroups>(var groups)) {
            var used = groups.groups().stream()
                    .mapToInt(group -> 8 + 4 * group.relativePorts().size())
                    .sum();
            assertThat(used).isLessThanOrEqualTo(bytes.size() - 4);
            assertThat(groups.complete()).isEqualTo(groups.size() <= bytes.size());
        }
    }

    /** Random bytes, often with a beginning that looks right, so that the readers go on. */
    private static List<Byte> answer(Random random) {
        var bytes = new byte[random.nextInt(96)];
        random.nextBytes(bytes);
        var beginning = switch (random.nextInt(11)) {
            case 0 -> new byte[] {0, (byte) 0x83, 0, (byte) random.nextInt(100), 1, 3, 0, 16};
            case 1 -> new byte[] {0, (byte) 0x83, 0, (byte) random.nextInt(100), 2, 1, 0, 40};
            case 2 -> new byte[] {0, (byte) 0x80, 0, (byte) random.nextInt(100)};
            case 3 -> new byte[] {0, 0, 0, (byte) random.nextInt(100), 0, 0, 0, 1, 0, 0, 0, 1};
            case 5 -> new byte[] {0, (byte) 0xc9, 0, (byte) random.nextInt(64), 'v', 'a', 'c', '1'};
            case 6 ->
                new byte[] {0, (byte) 0xc0, 0, (byte) random.nextInt(64), (byte) random.nextInt(4), 0, 0, 0, 0, 0};
            case 7 -> new byte[] {0, 0, 0, (byte) random.nextInt(64)};
            case 8 -> HexFormat.of().parseHex("000000200a980a014100000669736d5f");
            case 9 -> HexFormat.of().parseHex("00c10000000000000a980a00c100");
            case 4 -> new byte[] {(byte) (0x70 + random.nextInt(4))};
            default -> new byte[0];
        };
        System.arraycopy(beginning, 0, bytes, 0, Math.min(beginning.length, bytes.length));
        var list = new ArrayList<Byte>();
        for (var each : bytes) {
            list.add(each);
        }
        return list;
    }
}
