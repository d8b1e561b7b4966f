package org.lunwarden.http.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/** What {@code GET /metrics} answers: the metrics of a view or of a host, in the format that was asked for. */
public record MetricsPage(String contentType, String text) {

    private static final ExpositionFormatWriter OPEN = OpenMetricsTextFormatWriter.create();
    private static final ExpositionFormatWriter PLAIN = PrometheusTextFormatWriter.create();

    /** @param accept of the request: OpenMetrics when it names that, else the text format of Prometheus */
    static MetricsPage of(String accept, MetricSnapshots metrics) {
        var writer = OPEN.accepts(accept) ? OPEN : PLAIN;
        var bytes = new ByteArrayOutputStream();
        try {
            writer.write(bytes, metrics);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new MetricsPage(writer.getContentType(), bytes.toString(StandardCharsets.UTF_8));
    }
}
