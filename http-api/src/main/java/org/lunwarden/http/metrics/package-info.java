/**
 * What Prometheus is told: few series, however many hosts and paths there are. The type to read first is {@link
 * org.lunwarden.http.metrics.MetricsPage}.
 */
@NullMarked
package org.lunwarden.http.metrics;

import org.jspecify.annotations.NullMarked;
