package org.lunwarden.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class MetricsApiTest extends ServedApi {

    @Test
    void aViewTellsPrometheusHowTheFleetAndItselfAre() throws Exception {
        var page = get("/metrics");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=UTF-8");
        assertThat(page.body().lines())
                .contains(
                        "lunwarden_build_info{version=\"0.1.0\"} 1",
                        "lunwarden_view_member 1.0",
                        "lunwarden_hosts{state=\"reporting\"} 1.0",
                        "lunwarden_hosts{site=\"berlin\",state=\"reporting\"} 1.0",
                        "lunwarden_hosts{state=\"silent\"} 0.0",
                        "lunwarden_hosts{site=\"berlin\",state=\"silent\"} 1.0",
                        "lunwarden_hosts{state=\"stopped\"} 0.0",
                        "lunwarden_nexuses{state=\"down\"} 2.0",
                        "lunwarden_nexuses_unexplained 1.0",
                        "lunwarden_incidents_open{class=\"switch\",severity=\"error\"} 1.0",
                        "lunwarden_windows{kind=\"maintenance\"} 1.0",
                        "lunwarden_failbacks{phase=\"running\"} 1.0",
                        "lunwarden_replication_age_seconds{view=\"10.0.0.2:7355\"} 2.5",
                        "lunwarden_site_file_differs{view=\"10.0.0.2:7355\"} 1.0",
                        "lunwarden_fleet_checks_total{outcome=\"granted\"} 40.0",
                        "lunwarden_notifications_total{channel=\"pager\",outcome=\"failed\"} 5.0",
                        "lunwarden_notifications_waiting{channel=\"pager\"} 1.0",
                        "lunwarden_channel_failing{channel=\"pager\"} 1.0",
                        "lunwarden_notifier_running 1.0",
                        "lunwarden_alert_book_entries 4.0",
                        "lunwarden_alert_book_working 0.0",
                        "lunwarden_alert_spool_working 1.0",
                        "lunwarden_history_working 0.0",
                        "lunwarden_diagnosis_duration_seconds_bucket{le=\"0.01\"} 1",
                        "lunwarden_diagnosis_duration_seconds_bucket{le=\"1.0\"} 1",
                        "lunwarden_diagnosis_duration_seconds_bucket{le=\"+Inf\"} 2",
                        "lunwarden_diagnosis_duration_seconds_count 2");
    }

    @Test
    void whoAsksForOpenMetricsGetsIt() throws Exception {
        var page = send(request("/metrics").header("Accept", "application/openmetrics-text;version=1.0.0"));

        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text; version=1.0.0"));
        assertThat(page.body()).endsWith("# EOF\n");
    }

    @Test
    void whoeverAsksHowOftenTheViewIsAskedOnceASecond() throws Exception {
        var before = FLEET.figuresAsked.get();
        var began = System.nanoTime();
        for (var i = 0; i < 50; i++) {
            get("/metrics");
        }

        var seconds = (System.nanoTime() - began) / 1_000_000_000;
        assertThat(FLEET.figuresAsked.get() - before).isLessThanOrEqualTo((int) seconds + 2);
    }

    @Test
    void noSeriesIsOfAHostOrAPath() throws Exception {
        assertThat(labels(get("/metrics").body()))
                .doesNotContain("host", "path", "map", "wwid", "nexus", "device", "initiator");
    }

    private static Stream<String> labels(String page) {
        return page.lines()
                .filter(line -> !line.startsWith("#") && line.contains("{"))
                .map(line -> line.substring(line.indexOf('{') + 1, line.lastIndexOf('}')))
                .flatMap(labels -> Stream.of(labels.split(",", -1)))
                .map(label -> label.substring(0, label.indexOf('=')));
    }
}
