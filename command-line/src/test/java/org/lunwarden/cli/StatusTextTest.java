package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    private static final String IN_FLEET = "{'view':'v1','ageSeconds':42.0,'member':true,'majority':true,"
            + "'unexplainedNexuses':0,'notObservable':[]}";
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

    @Test
    void whatIsAmissWithTheViewsIsToldAndIsNothingThatIsOpen() throws Exception {
        var warned = IN_FLEET.replace("'notObservable'", "'warnings':['view v2 follows another file'],'notObservable'");

        var status = status(warned, NO_INCIDENT, WELL);

        assertThat(status.isWell()).isTrue();
        assertThat(status.text()).contains("\nwarning: view v2 follows another file\n");
    }

    @Test
    void aViewThatIsOutOfTheFleetSaysHowOldItsAnswerIs() throws Exception {
        var status = status(IN_FLEET.replace("'member':true", "'member':false"), NO_INCIDENT, WELL);

        assertThat(status.isWell()).isFalse();
        assertThat(status.text()).startsWith("OUT OF THE FLEET  view v1 is no member; what follows is 42 s old\n");
        assertThat(status(IN_FLEET.replace("'majority':true", "'majority':false"), NO_INCIDENT, WELL)
                        .text())
                .startsWith("NO MAJORITY  view v1");
    }

    @Test
    void whatIsNotExplainedOrNotToBeToldStandsLast() throws Exception {
        var status = status(
                IN_FLEET.replace("'unexplainedNexuses':0", "'unexplainedNexuses':3")
                        .replace("[]", "['host h003 is silent']"),
                NO_INCIDENT,
                WELL);

        assertThat(status.isWell()).isFalse();
        assertThat(status.text().lines())
                .containsExactly(
                        "hosts: 1, reporting: 1, open incidents: 0",
                        "not explained by any incident: 3 nexus(es)",
                        "not to be told: host h003 is silent");
    }

    private static StatusText status(String incidents, String hosts) throws JsonProcessingException {
        return status(IN_FLEET, incidents, hosts);
    }

    private static StatusText status(String fleet, String incidents, String hosts) throws JsonProcessingException {
        var json = new ObjectMapper();
        var count = hosts.split("'host'", -1).length - 1;
        return StatusText.of(
                json.readTree(fleet.replace('\'', '"')),
                json.readTree(incidents.replace('\'', '"')),
                json.readTree(("{'items':[" + hosts + "],'total':" + count + "}").replace('\'', '"')));
    }
}
