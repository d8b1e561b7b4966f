package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuditTextTest {

    @Test
    void findingsStandFirstAndWhatWasNotJudgedIsNotTakenForFine() throws Exception {
        assertThat(of("""
                {"at":"T1","trusted":true,"total":1,"offset":0,
                 "findings":[{"kind":"fewFabrics","severity":"warning","words":"host h2 reaches data through fabric A only"}],
                 "unjudged":[{"why":"the host does not report","hosts":["h1","h2","h3","h4","h5","h6","h7"],"maps":8},
                  {"kind":"firmwareOutlier","why":"there are too few peers to compare with","hosts":["h1"],"maps":0}]}
                """)).isEqualTo("""
                1 finding:
                warning  fewFabrics           host h2 reaches data through fabric A only
                Not judged, and not to be taken for fine:
                  everything           the host does not report (8 maps: h1, h2, h3, h4, h5, 2 more hosts)
                  firmwareOutlier      there are too few peers to compare with (h1)
                """);
    }

    @Test
    void nothingFoundIsSaidAndAViewApartSaysThatItIs() throws Exception {
        assertThat(of("{\"trusted\":false,\"total\":0,\"findings\":[],\"unjudged\":[]}"))
                .isEqualTo("This view may know less than the others.\nNothing was found amiss.\n");
    }

    private static String of(String json) throws Exception {
        return AuditText.of(ViewOption.JSON.readTree(json));
    }
}
