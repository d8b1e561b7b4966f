package org.lunwarden.fleet.sitefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.sitefile.SiteFileReader.Read;

class SiteDigestTest {

    @Test
    void inWhichOrderAFileSaysItDoesNotMatter() {
        var one = digest("names: {switch:a/1: edge, host:h1: db}\nsites: {berlin: [host:h1, host:h2]}");
        var same = digest("sites: {berlin: [host:h2, host:h1]}\nnames: {host:h1: db, switch:a/1: edge}");

        assertThat(one).isEqualTo(same).matches("[0-9a-f]{16}");
    }

    @Test
    void whatEachSaysDoes() {
        var digests = Stream.of(
                        "names: {host:h1: db}",
                        "names: {host:h1: web}",
                        "names: {host:h2: db}",
                        "sites: {db: [host:h1]}",
                        "groups: {db: [host:h1]}",
                        "groups: {db: [host:h1, host:h2]}",
                        "groups: {db: [host:h1], web: [host:h2]}")
                .map(SiteDigestTest::digest)
                .collect(Collectors.toSet());

        assertThat(digests).hasSize(7).doesNotContain(SiteFile.NONE.digest());
    }

    private static String digest(String text) {
        return ((Read.Usable) SiteFileReader.parse(text)).file().digest();
    }
}
