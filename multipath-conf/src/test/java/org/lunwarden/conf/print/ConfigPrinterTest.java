package org.lunwarden.conf.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.lunwarden.conf.effective.PathIdentity;
import org.lunwarden.conf.effective.Precedence;
import org.lunwarden.conf.hardware.DeviceIdentity;
import org.lunwarden.conf.load.Loaded;
import org.lunwarden.conf.load.MultipathConf;
import org.lunwarden.conf.text.Section;
import org.lunwarden.conf.text.SourceFile;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.KeywordTable;

class ConfigPrinterTest {

    private static final List<String> VALUES = List.of(
            "yes",
            "no",
            "0",
            "1",
            "7",
            "120",
            "off",
            "queue",
            "fail",
            "immediate",
            "manual",
            "infinity",
            "alua",
            "const",
            "tur",
            "rdac",
            "multibus",
            "group_by_prio",
            "\"queue-length 0\"",
            "\"2 pg_init_retries 50\"",
            "\"a \"\"b\"\" !c\"",
            "\"1 queue_if_no_path\"",
            "strict",
            "smart",
            "on",
            "fpin",
            "always",
            "0640",
            "hp3par",
            "file",
            "0xAB:aptpl",
            "\"scsi:fcp\"",
            "\"nvme:tcp\"",
            "\"sd:A dasd:B\"",
            "^NET",
            "LUN",
            "\"(COMSTAR|LUN)\"",
            "\"!^sd\"",
            "36",
            "max",
            "\"\"");

    @Test
    void printingAndLoadingAgainChangesNothing() {
        var seed = 20_260_101L;
        var random = new Random(seed);
        for (var round = 0; round < 150; round++) {
            var text = randomFile(random);
            if (!(MultipathConf.load(List.of(new SourceFile("m.conf", text)), false)
                    instanceof Loaded.Usable(var conf, var problems))) {
                continue;
            }

            var printed = ConfigPrinter.print(conf);
            var again = loaded(printed);

            assertThat(ConfigPrinter.print(again)).as("seed %d: %s", seed, text).isEqualTo(printed);
            for (var device : List.of("NETAPP", "NEXENTA", "Linux")) {
                for (var wwid : List.of("36", "0")) {
                    assertThat(effective(again, device, wwid))
                            .as("seed %d: %s", seed, text)
                            .isEqualTo(effective(conf, device, wwid));
                }
            }
        }
    }

    /** Every keyword's value for a device, in words. */
    private static String effective(MultipathConf conf, String vendor, String wwid) {
        var product = vendor.equals("NEXENTA") ? "COMSTAR" : "LUN";
        var precedence =
                Precedence.of(conf, new PathIdentity(new DeviceIdentity(vendor, product, "1"), "scsi:fcp", wwid));
        return precedence.intervals()
                + Arrays.stream(Section.values())
                        .filter(section -> section != Section.BLACKLIST && section != Section.BLACKLIST_EXCEPTIONS)
                        .flatMap(section -> KeywordTable.INSTANCE.of(section).stream())
                        .distinct()
                        .filter(keyword -> !keyword.name().endsWith("polling_interval"))
                        .map(keyword -> keyword + "=" + value(precedence, keyword))
                        .collect(Collectors.joining("\n"));
    }

    private static <T> String value(Precedence precedence, Keyword<T> keyword) {
        return precedence
                .value(keyword)
                .map(value -> keyword.type().write(value))
                .orElse("");
    }

    private static String randomFile(Random random) {
        return section(random, Section.DEFAULTS, "")
                + section(random, Section.BLACKLIST, section(random, Section.LISTED_DEVICE, ""))
                + section(random, Section.BLACKLIST_EXCEPTIONS, "")
                + section(
                        random,
                        Section.DEVICES,
                        section(random, Section.DEVICE, "vendor NETAPP\nproduct LUN\n")
                                + section(random, Section.DEVICE, "vendor NEX\nproduct C\n")
                                + section(random, Section.DEVICE, "vendor NETAPP\nproduct LUN\n"))
                + section(random, Section.OVERRIDES, section(random, Section.PROTOCOL, "type \"scsi:fcp\"\n"))
                + section(
                        random,
                        Section.MULTIPATHS,
                        section(random, Section.MULTIPATH, "wwid 36\n")
                                + section(random, Section.MULTIPATH, "wwid 36\n"));
    }

    private static String section(Random random, Section section, String inner) {
        var lines = new StringBuilder(section.word()).append(" {\n").append(inner);
        for (var keyword : KeywordTable.INSTANCE.of(section)) {
            if (random.nextInt(4) == 0
                    && !List.of("vendor", "product", "wwid", "type").contains(keyword.name())) {
                lines.append(keyword.name())
                        .append(' ')
                        .append(VALUES.get(random.nextInt(VALUES.size())))
                        .append('\n');
            }
        }
        return lines.append("}\n").toString();
    }

    /**
     * As multipath -t of 0.9.4 prints it, but for what 0.14 words otherwise ({@code flush_on_last_del}), and for owners:
     * 0.9.4 writes them octal and reads them decimal.
     */
    @Test
    void aSectionLooksAsTheReferencePrintsIt() {
        var printed = ConfigPrinter.print(
                loaded(resource("site.conf")),
                List.of(new DeviceIdentity("foo", "bar", "1")),
                List.of(),
                "3600"::equals);

        assertThat(printed.lines().limit(7))
                .containsExactlyElementsOf(resource("begin").lines().toList());
        assertThat(printed).contains("\tuid_attrs \"sd:ID_SERIAL dasd:ID_UID\"\n", "\tfailback \"manual\"\n");
        assertThat(printed).contains(resource("blacklist")).endsWith(resource("end"));
    }

    /** As multipathd 0.9.4 shows it with {@code show config local}. */
    @Test
    void everyMapOfTheHostIsThereAndANameThatIsNoWwidIsAComment() {
        var conf = loaded("""
                multipaths {
                	multipath {
                		wwid 3600
                		alias "data"
                	}
                	multipath {
                		wwid 3601
                		no_path_retry 3
                	}
                	multipath {
                		wwid 3602
                	}
                }
                """);

        var printed = ConfigPrinter.print(
                conf,
                List.of(),
                List.of(
                        new ConfigPrinter.KernelMap("3700", "3700"),
                        new ConfigPrinter.KernelMap("3701", "mpatha"),
                        new ConfigPrinter.KernelMap("3600", "data")),
                "3601"::equals);

        assertThat(printed).endsWith("""
                        multipaths {
                        	multipath {
                        		wwid "3600"
                        		alias "data"
                        		# alias "data"
                        	}
                        	multipath {
                        		wwid "3601"
                        		no_path_retry 3
                        	}
                        	multipath {
                        		wwid "3700"
                        	}
                        	multipath {
                        		wwid "3701"
                        		# alias "mpatha"
                        	}
                        }
                        """);
    }

    @Test
    void withoutMapsThereIsNoSectionForThem() {
        var printed = ConfigPrinter.print(MultipathConf.builtIn(false));

        assertThat(printed).endsWith("}\noverrides {\n}\n");
        assertThat(printed.lines().filter(line -> line.equals("\tdevice {")).count())
                .isEqualTo(137 + productBlacklists());
        assertThat(loaded(printed).devices().entries()).hasSize(137);
    }

    private static long productBlacklists() {
        return MultipathConf.builtIn(false).blacklist().blacklist().device().size();
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(ConfigPrinterTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MultipathConf loaded(String text) {
        return switch (MultipathConf.load(List.of(new SourceFile("m.conf", text)), false)) {
            case Loaded.Usable(var conf, var problems) -> conf;
            case Loaded.Refused(var problems) -> throw new AssertionError(problems);
        };
    }
}
