/** Prometheus metrics: start at {@link dev.foretell.router.metrics.Metrics}. */
@NullMarked
package dev.foretell.router.metrics;

import org.jspecify.annotations.NullMarked;
