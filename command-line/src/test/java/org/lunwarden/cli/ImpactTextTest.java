package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImpactTextTest {

    private static final String NONE =
            "'fine':0,'reduced':0,'oneFabric':0,'outAlready':0,'unknown':0,'outage':0".replace('\'', '"');

    @Test
    void theWorstStandsFirstAndWhatThereIsNoneOfIsLeftOut() throws Exception {
        var text = of("""
                {"member":true,"safe":false,"down":[],"unseen":[{"label":"array nowhere"}],
                 "maps":{"fine":7,"reduced":0,"oneFabric":2,"outAlready":0,"unknown":0,"outage":1},
                 "hosts":{"fine":1,"reduced":0,"oneFabric":1,"outAlready":0,"unknown":0,"outage":1},
                 "affectedMaps":3,
                 "affected":[{"host":"h2","name":"data","outlook":"outage","usableNow":2,"usableThen":0},
                  {"host":"h1","name":"root","outlook":"oneFabric","usableNow":4,"usableThen":2,"why":"only fabric B is left"}],
                 "order":[{"component":{"label":"switch 12"},"safe":true,"maps":{%s}},
                  {"component":{"label":"switch 13"},"safe":false,"maps":{"fine":1,"outage":1}}]}
                """.formatted(NONE));

        assertThat(text).isEqualTo("""
                NOT SAFE.
                No host reports a path through array nowhere: what hangs on it is not known.
                Maps:  7 fine, 2 one fabric left, 1 OUTAGE
                Hosts: 1 fine, 1 one fabric left, 1 OUTAGE (each by its worst map)
                  OUTAGE          h2 data: paths through 2 nexuses now, 0 then
                  one fabric left h1 root: paths through 4 nexuses now, 2 then; only fabric B is left
                One after the other, each back before the next (lunwarden gate tells when):
                  1. switch 12: none
                  2. switch 13: NOT SAFE now: 1 fine, 1 OUTAGE
                """);
    }

    @Test
    void aGateThatIsShutSaysByWhat() throws Exception {
        assertThat(gate("{\"member\":true,\"open\":true,\"checked\":8,\"shutBy\":0,\"notBack\":[]}"))
                .isEqualTo("Open: all of 8 nexuses that were up are up.\n");
        assertThat(gate("{\"member\":false,\"open\":false,\"checked\":8,\"shutBy\":1,\"notBack\":[{\"host\":\"h1\","
                        + "\"initiatorPort\":\"i\",\"targetPort\":\"t\",\"state\":\"down\",\"changedAt\":\"T\"}]}"))
                .contains("not in the fleet")
                .contains("Shut: 1 of 8 nexuses are not back.")
                .contains("h1 i-t down since T");
        assertThat(gate("{\"member\":true,\"open\":false,\"checked\":0,\"shutBy\":0,\"notBack\":[]}"))
                .contains("no host reports a path");
    }

    private static String of(String json) throws Exception {
        return ImpactText.of(ViewOption.JSON.readTree(json));
    }

    private static String gate(String json) throws Exception {
        return ImpactText.ofGate(ViewOption.JSON.readTree(json));
    }
}
