package org.lunwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SiteApiTest extends ServedApi {

    @Test
    void whatTheSiteFileSaysIsToldAndWhereItDoesNotFit() throws Exception {
        var site = json(get("/api/v1/site"));

        assertThat(site.at("/names/0/name").asText()).isEqualTo("core switch");
        assertThat(site.at("/sets/0/component/class").asText()).isEqualTo("sharedRisk");
        assertThat(site.at("/sets/0/members")).hasSize(2);
        assertThat(site.path("conflicts")).hasSize(1);
        assertThat(site.at("/conflicts/0/about/id").asText()).isEqualTo("100000000000000b/13");
        assertThat(site.at("/conflicts/0/words").asText())
                .isEqualTo("no host sees it; it is named in sharedRisk:feed-1");
    }

    @Test
    void thatAnotherViewFollowsAnotherFileIsTold() throws Exception {
        assertThat(json(get("/api/v1/site")).at("/viewsWithAnother/0").asText()).isEqualTo("10.0.0.2:7355");
        assertThat(json(get("/api/v1/fleet")).at("/warnings/0").asText())
                .isEqualTo("view 10.0.0.2:7355 follows another site file than this one");
    }

    @Test
    void aQueryIsRefused() throws Exception {
        assertIsProblem(get("/api/v1/site?x=1"), 400);
    }
}
