package org.lunwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuditApiTest extends ServedApi {

    @Test
    void whatIsAmissAndWhatCouldNotBeJudgedIsToldAsPromised() throws Exception {
        var response = get("/api/v1/audit");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertShape(response, "Audit");
        var audit = json(response);
        assertThat(audit.path("trusted").asBoolean()).isTrue();
        assertThat(audit.path("unjudged"))
                .anySatisfy(unjudged -> {
                    assertThat(unjudged.path("why").asText()).isEqualTo("the host does not report");
                    assertThat(unjudged.path("hosts").get(0).asText()).isEqualTo("h003");
                    assertThat(unjudged.has("kind")).isFalse();
                })
                .anySatisfy(
                        unjudged -> assertThat(unjudged.path("kind").asText()).isEqualTo("fewFabrics"));
    }

    @Test
    void findingsAreToldFromASeverityOnAndInParts() throws Exception {
        FLEET.sizes = true;

        var all = json(get("/api/v1/audit"));
        var critical = json(get("/api/v1/audit?minSeverity=critical&limit=1"));
        var none = json(get("/api/v1/audit?offset=99"));

        assertThat(all.at("/findings/0/kind").asText()).isEqualTo("sizeDiffers");
        assertThat(all.at("/findings/0/hosts")).hasSize(2);
        assertThat(critical.path("total").asInt()).isEqualTo(1);
        assertShape(get("/api/v1/audit"), "Audit");
        assertThat(none.path("findings")).isEmpty();
        assertThat(none.path("total")).isEqualTo(all.path("total"));
    }

    @Test
    void aViewApartFromTheOthersSaysSo() throws Exception {
        FLEET.majority = false;

        assertThat(json(get("/api/v1/audit")).path("trusted").asBoolean()).isFalse();
    }

    @Test
    void aSeverityThatIsNoneIsRefused() throws Exception {
        assertIsProblem(get("/api/v1/audit?minSeverity=dire"), 400);
    }
}
