package dev.foretell.router.upstream.call;

import dev.foretell.commons.wire.TraceParent;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The place of a request in a trace, as a line of the request's head. */
sealed interface TracePlace permits TracePlace.OfSpan, UnrecordedTrace {
    /** Up to the header's value. */
    byte[] LINE = ("\r\n" + TraceParent.HEADER + ": ").getBytes(StandardCharsets.US_ASCII);

    void writeTo(ByteBuf out);

    boolean isRecorded();

    /** Whether the trace may have begun at a caller, whose state then goes on to the worker. */
    boolean mayHaveState();

    /**
     * A span of this router's, or of its caller's.
     *
     * @param traceParent a valid header
     */
    record OfSpan(String traceParent) implements TracePlace {
        @Override
        public void writeTo(ByteBuf out) {
            write(traceParent, out);
        }

        @Override
        public boolean isRecorded() {
            return !TraceParent.isUnsampled(traceParent);
        }

        @Override
        public boolean mayHaveState() {
            return true;
        }
    }

    static void write(String traceParent, ByteBuf out) {
        out.writeBytes(LINE);
        out.writeCharSequence(traceParent, StandardCharsets.US_ASCII);
    }
}
