package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    private static final String NO_INCIDENT = "{'items':[],'total':0,'offset':0}";
    private static final String WELL = "{'host':'h001','contact':'reporting','silentSeconds':1.0,"
            + "'nexuses':{'up':8,'down':0,'partial':0},'mapsWithoutPath':0,'mapsOffBestGroup':0}";
    private static final String HURT = "{'host':'h002','contact':'reporting','silentSeconds':1.0,"
            + "'nexuses':{'up':4,'down':4,'partial':0},'mapsWithoutPath':1,'mapsOffBestGroup':2}";
    private static final String SILENT = "{'host':'h003','contact':'silent','silentSeconds':42.4,"
            + "'nexuses':{'unknown':8},'mapsWithoutPath':0,'mapsOffBestGroup':0}";

    @Test
    void aFleetThatIsWellTakesOneLine() throws Exception {
        var status = status(NO_INCIDENT, WELL);

        assertThat(status.isWell()).isTrue();
        assertThat(status.text()).isEqualTo("hosts: 1, reporting: 1, open incidents: 0\n");
    }

    @Test
    void incidentsComeFirstThenHostsThatAreHurt() throws Exception {
        var status = status(
                "{'items':[{'id':'i-1','phase':'confirmed','title':'switch 12 of fabric B is down',"
                        + "'words':'24 of 24 nexuses through it are down.'}],'total':1,'offset':0}",
                WELL + "," + HURT);

        assertThat(status.isWell()).isFalse();
        assertThat(status.text().lines())
                .containsExactly(
                        "CONFIRMED  switch 12 of fabric B is down  [i-1]",
                        "    24 of 24 nexuses through it are down.",
                        "hosts: 2, reporting: 2, open incidents: 1",
                        "    h002: 1 map(s) without a path, 4 nexus(es) down, 2 map(s) off their best group");
    }

    @Test
    void aSilentHostIsNeverWell() throws Exception {
        var status = status(NO_INCIDENT, SILENT);

        assertThat(status.isWell()).isFalse();
        assertThat(status.text()).contains("h003: silent for 42 s");
    }

    private static StatusText status(String incidents, String hosts) throws JsonProcessingException {
        var json = new ObjectMapper();
        var count = hosts.split("'host'", -1).length - 1;
        return StatusText.of(
                json.readTree(incidents.replace('\'', '"')),
                json.readTree(("{'items':[" + hosts + "],'total':" + count + "}").replace('\'', '"')));
    }
}
