package dev.foretell.tracing;

/** What has become of the spans so far. */
public interface SpanCounts {
    /** Spans that the collector took. */
    long exported();

    /** Spans that found the queue full. */
    long dropped();

    /** Spans that were sent, but that the collector did not take. */
    long failed();
}
