package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResizeTextTest {

    @Test
    void partialResultsAreToldHostByHost() throws Exception {
        assertThat(ResizeText.of(ViewOption.JSON.readTree("""
                {"phase":"partial","reason":"1 of 3 maps have 4096 sectors","hosts":[
                 {"host":"h1","step":"resized","sectors":4096,"reason":""},
                 {"host":"h2","step":"notResized","sectors":2048,"reason":"path sdc is faulty"},
                 {"host":"h3","step":"unknown","sectors":0,"reason":"did not answer"}]}
                """))).isEqualTo("""
                NOT DONE ON ALL HOSTS: 1 of 3 maps have 4096 sectors
                  h1: resized, 4096 sectors
                  h2: not resized, 2048 sectors: path sdc is faulty
                  h3: NOT KNOWN: did not answer
                """);
    }
}
