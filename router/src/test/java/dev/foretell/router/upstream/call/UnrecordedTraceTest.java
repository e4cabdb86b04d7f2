package dev.foretell.router.upstream.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.wire.TraceParent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnrecordedTraceTest {
    private static final String LINE = "\r\ntraceparent: ";

    /** The header's value. */
    private static String header(UnrecordedTrace trace) {
        ByteBuf out = Unpooled.buffer();
        trace.writeTo(out);
        String line = out.toString(StandardCharsets.US_ASCII);
        assertThat(line).startsWith(LINE);
        return line.substring(LINE.length());
    }

    @Test
    void itsNumbersAreTheDigitsOfItsId() {
        UnrecordedTrace trace = new UnrecordedTrace(0x0123_4567_89AB_CDEFL, 0xFEDC_BA98_7654_3210L);

        assertThat(header(trace)).matches("00-0123456789abcdeffedcba9876543210-[0-9a-f]{16}-00");
        assertThat(header(new UnrecordedTrace(-1, 1)))
                .startsWith("00-ffffffffffffffff0000000000000001-")
                .hasSize(55);
    }

    @Test
    void workersReadThatItIsNotRecorded() {
        IntStream.range(0, 1_000).forEach(i -> {
            String header = header(UnrecordedTrace.start());

            assertThat(TraceParent.isUnsampled(header)).isTrue();
            assertThat(TraceParent.parse(header)).hasToString(header);
        });
    }

    /** The right-most bytes count: those are the ones that others choose traces by. */
    @Test
    void eachCallHasATraceAndEachRequestASpanOfItsOwn() {
        UnrecordedTrace trace = UnrecordedTrace.start();

        Set<String> traces = IntStream.range(0, 1_000)
                .mapToObj(i -> header(UnrecordedTrace.start()).substring(21, 35))
                .collect(Collectors.toSet());

        assertThat(traces).hasSize(1_000);
        assertThat(header(trace)).startsWith(header(trace).substring(0, 36)).isNotEqualTo(header(trace));
    }
}
