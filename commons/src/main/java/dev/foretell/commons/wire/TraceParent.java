package dev.foretell.commons.wire;

import org.jspecify.annotations.Nullable;

/**
 * The place of a request in a trace: the {@code traceparent} of W3C Trace Context.
 *
 * @param traceId 32 lower-case hexadecimal digits
 * @param spanId 16 lower-case hexadecimal digits: the span that the request comes from
 * @param sampled whether that span is recorded
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {
    public static final String HEADER = "traceparent";
    public static final String STATE_HEADER = "tracestate";

    private static final int TRACE_AT = 3;
    private static final int SPAN_AT = 36;
    private static final int FLAGS_AT = 53;
    private static final int LENGTH = 55;

    /** Whether the header is valid, of this version or of a later one. */
    public static boolean isValid(String header) {
        return header.length() >= LENGTH
                && isVersion(header)
                && header.charAt(TRACE_AT - 1) == '-'
                && isId(header, TRACE_AT, SPAN_AT - 1)
                && header.charAt(SPAN_AT - 1) == '-'
                && isId(header, SPAN_AT, FLAGS_AT - 1)
                && header.charAt(FLAGS_AT - 1) == '-'
                && isHex(header, FLAGS_AT, LENGTH);
    }

    /** A later version may append to the header, after another hyphen; version ff is invalid. */
    private static boolean isVersion(String header) {
        if (!isHex(header, 0, 2) || header.startsWith("ff")) {
            return false;
        }
        return header.length() == LENGTH || (!header.startsWith("00") && header.charAt(LENGTH) == '-');
    }

    private static boolean isId(String header, int from, int to) {
        return isHex(header, from, to) && !isZero(header, from, to);
    }

    private static boolean isZero(String header, int from, int to) {
        for (int i = from; i < to; i++) {
            if (header.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(String header, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = header.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The header's content; null if there is no header, or an invalid one, so that a new trace starts. */
    public static @Nullable TraceParent parse(@Nullable String header) {
        return header == null || !isValid(header)
                ? null
                : new TraceParent(
                        header.substring(TRACE_AT, SPAN_AT - 1),
                        header.substring(SPAN_AT, FLAGS_AT - 1),
                        isSampled(header));
    }

    /** Whether a valid header says that the caller's span is recorded. */
    private static boolean isSampled(String header) {
        return (Character.digit(header.charAt(LENGTH - 1), 16) & 1) == 1;
    }

    /** Whether the header is valid and says that the trace is not recorded. Creates no objects. */
    public static boolean isUnsampled(String header) {
        return isValid(header) && !isSampled(header);
    }

    /** As a header. */
    @Override
    public String toString() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
