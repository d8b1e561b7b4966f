package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImpactTextTest {

    private static final String NONE =
            "'fine':0,'reduced':0,'oneFabric':0,'outAlready':0,'unknown':0,'outage':0".replace('\'', '"');

    @Test
    void theWorstStandsFirstAndWhatThereIsNoneOfIsLeftOut() throws Exception {
        var text = of("""
                {"at":"T1","member":true,"safe":false,"through":{"nexuses":8,"upPaths":64},"down":[],"unseen":[{"label":"array nowhere"}],
                 "maps":{"fine":7,"reduced":0,"oneFabric":2,"outAlready":0,"silent":0,"unknown":0,"outage":1},
                 "hosts":{"fine":1,"reduced":0,"oneFabric":1,"outAlready":0,"silent":0,"unknown":0,"outage":1},
                 "affectedMaps":3,
                 "affected":[{"host":"h2","name":"data","outlook":"outage","usableNow":2,"usableThen":0},
                  {"host":"h1","name":"root","outlook":"oneFabric","usableNow":4,"usableThen":2,"why":"only fabric B is left"}],
                 "order":[{"component":{"label":"switch 12"},"safe":true,"maps":{%s}},
                  {"component":{"label":"switch 13"},"safe":false,"maps":{"fine":1,"outage":1}}]}
                """.formatted(NONE));

        assertThat(text).isEqualTo("""
                NOT SAFE: maps lose their last path, nobody reports a path through some of the components.
                No host reports a path through array nowhere: what hangs on it is not known.
                Maps:  7 fine, 2 one fabric left, 1 OUTAGE
                Hosts: 1 fine, 1 one fabric left, 1 OUTAGE (each by its worst map)
                  OUTAGE          h2 data: paths through 2 nexuses now, 0 then
                  one fabric left h1 root: paths through 4 nexuses now, 2 then; only fabric B is left
                One after the other, each back before the next (lunwarden gate tells when):
                  1. switch 12: none
                  2. switch 13: NOT SAFE now: 1 fine, 1 OUTAGE
                For lunwarden gate: --since T1 --before 8,64
                """);
    }

    @Test
    void aGateThatIsShutSaysByWhat() throws Exception {
        assertThat(gate("true", "false", "false", 8, 3, 0)).isEqualTo("Open: what was up is up, through 8 nexuses.\n");
        assertThat(gate("true", "false", "false", 8, 0, 0)).contains("was the step done?");
        assertThat(gate("false", "false", "false", 0, 0, 0)).contains("no host reports a path");
        assertThat(gate("false", "true", "false", 8, 0, 0)).contains("less than a minute ago");
        assertThat(gate("false", "false", "true", 8, 0, 0))
                .contains("less goes through than before: 8 nexuses, 64 paths");
        assertThat(gate("false", "false", "false", 8, 0, 0))
                .isEqualTo("Shut: this view may know less than the others.\n");
        assertThat(gate("false", "false", "false", 8, 1, 1))
                .contains("Shut: 1 nexuses are not back.")
                .contains("h1 i-t down since T");
    }

    private static String gate(String open, String early, String less, int nexuses, int changed, int shutBy)
            throws Exception {
        var notBack =
                "{\"host\":\"h1\",\"initiatorPort\":\"i\",\"targetPort\":\"t\",\"state\":\"down\",\"changedAt\":\"T\"}";
        return gate(
                ("{\"member\":true,\"open\":%s,\"early\":%s,\"less\":%s,\"through\":{\"nexuses\":%d,\"upPaths\":64},"
                                + "\"changed\":%d,\"shutBy\":%d,\"notBack\":[%s]}")
                        .formatted(open, early, less, nexuses, changed, shutBy, shutBy > 0 ? notBack : ""));
    }

    private static String of(String json) throws Exception {
        return ImpactText.of(ViewOption.JSON.readTree(json));
    }

    private static String gate(String json) throws Exception {
        return ImpactText.ofGate(ViewOption.JSON.readTree(json));
    }
}
