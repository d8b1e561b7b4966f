package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IncidentTextTest {

    private static final String INCIDENT = """
            {"id":"i-1","phase":"reopened","title":"switch 12 is down","words":"96 of 96 fail.","reopened":2,
             "splitFrom":"i-0","acknowledgement":{"by":"eve","comment":"cable ordered","at":"T0"},
             "timeline":[{"at":"T1","what":"opened","words":"switch 12 is down.","phase":"provisional",
              "suspects":[{"class":"switch","id":"B/12"},{"class":"isl","id":"B/1-12"}],"nexuses":96,"hosts":12,"back":4}]}
            """;

    @Test
    void anIncidentIsToldWithWhoCaresForItAndItsHistory() throws Exception {
        assertThat(IncidentText.of(ViewOption.JSON.readTree(INCIDENT))).isEqualTo("""
                        i-1  reopened  switch 12 is down; came back 2 times; eve takes care of it: cable ordered
                          96 of 96 fail.
                          Before, it was taken for a part of incident i-0.
                          History:
                            T1  opened: switch 12 is down.
                                provisional; suspected: switch B/12 or isl B/1-12; 4 of 96 nexuses on 12 hosts are back
                        """);
    }

    @Test
    void whatChangedBesideItIsToldOldestFirst() throws Exception {
        var changes = ViewOption.JSON.readTree("""
                {"items":[{"at":"T2","kind":"failback","host":null,"words":"f-1 done"},
                 {"at":"T1","kind":"host-rebooted","host":"h1","words":"is back after a reboot"}]}
                """);

        assertThat(IncidentText.ofChanges(changes)).isEqualTo("""
                  Changed on its hosts in the hour before, and since:
                    T1  host-rebooted h1: is back after a reboot
                    T2  failback: f-1 done
                """.indent(0));
    }

    @Test
    void aListThatIsLongerSaysByHowMuch() throws Exception {
        var page = ViewOption.JSON.readTree("{\"total\":3,\"items\":[" + INCIDENT + "]}");

        assertThat(IncidentText.ofList(page)).isEqualTo("""
                        i-1  reopened  switch 12 is down; came back 2 times; eve takes care of it: cable ordered
                        ... and 2 more
                        """);
        assertThat(IncidentText.ofList(ViewOption.JSON.readTree("{\"total\":0,\"items\":[]}")))
                .isEqualTo("No incidents.\n");
    }
}
