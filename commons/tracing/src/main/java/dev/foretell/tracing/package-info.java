/** Spans by OpenTelemetry, sent to a collector over OTLP; start at {@link dev.foretell.tracing.Tracing}. */
@NullMarked
package dev.foretell.tracing;

import org.jspecify.annotations.NullMarked;
