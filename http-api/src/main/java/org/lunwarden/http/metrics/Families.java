package org.lunwarden.http.metrics;

import java.util.ArrayList;
import java.util.List;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

import org.lunwarden.model.figures.Durations;

/** Gathers families of metrics; each has the prefix {@code lunwarden_}. */
final class Families {

    private static final String PREFIX = "lunwarden_";

    private final List<MetricSnapshot> all = new ArrayList<>();

    /** One value of a family, with pairs of names and values of its labels. */
    record Sample(double value, Labels labels) {

        Sample(double value, String... labels) {
            this(value, Labels.of(labels));
        }
    }

    Families info(String name, String help, String... labels) {
        all.add(InfoSnapshot.builder()
                .name(PREFIX + name)
                .help(help)
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of(labels))
                        .build())
                .build());
        return this;
    }

    Families gauge(String name, String help, double value) {
        return gauges(name, help, List.of(new Sample(value)));
    }

    Families gauge(String name, String help, boolean holds) {
        return gauge(name, help, holds ? 1 : 0);
    }

    Families gauges(String name, String help, List<Sample> samples) {
        var family = GaugeSnapshot.builder().name(PREFIX + name).help(help);
        samples.forEach(sample -> family.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(sample.labels())
                .value(sample.value())
                .build()));
        all.add(family.build());
        return this;
    }

    Families counter(String name, String help, long value) {
        return counters(name, help, List.of(new Sample((double) value)));
    }

    /** @param name without the ending {@code _total} */
    Families counters(String name, String help, List<Sample> samples) {
        var family = CounterSnapshot.builder().name(PREFIX + name).help(help);
        samples.forEach(sample -> family.dataPoint(CounterDataPointSnapshot.builder()
                .labels(sample.labels())
                .value(sample.value())
                .build()));
        all.add(family.build());
        return this;
    }

    Families histogram(String name, String help, Durations durations) {
        var bounds = new ArrayList<Double>(durations.bounds());
        bounds.add(Double.POSITIVE_INFINITY);
        all.add(HistogramSnapshot.builder()
                .name(PREFIX + name)
                .help(help)
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, List.copyOf(durations.counts())))
                        .sum(durations.sum())
                        .build())
                .build());
        return this;
    }

    MetricSnapshots done() {
        return new MetricSnapshots(all);
    }
}
