package dev.foretell.router.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.upstream.call.CallMemory;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseMemory;
import dev.foretell.router.upstream.call.ResponseStream;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A long response that becomes part of another one takes memory as it arrives. */
class ResponseCollectorTest {
    private static final String PIECE = "x".repeat(1_000);

    private final AtomicInteger letGo = new AtomicInteger();
    private final ResponseMemory all = new ResponseMemory(10_000);
    private final CallMemory memory = new CallMemory(all, new ServingException(FailureKind.WORKER_FAILED, "too long"));
    private final ResponseStream stream = new ResponseStream(
            new ResponseStream.Source() {
                @Override
                public void hold() {}

                @Override
                public void goOn() {}

                @Override
                public void letGo() {
                    letGo.incrementAndGet();
                }
            },
            -1,
            false,
            new ResponseMemory(1_000_000));

    private final Response response = new Response() {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public MultiMap headers() {
            return MultiMap.caseInsensitiveMultiMap();
        }

        @Override
        public Buffer body() {
            return Buffer.buffer(PIECE);
        }

        @Override
        public ResponseStream rest() {
            return stream;
        }
    };

    @Test
    void itsMemoryIsTwiceItsLength() {
        Future<Buffer> whole = ResponseCollector.of(response, memory);
        stream.add(Buffer.buffer(PIECE));
        stream.end(ResponseStream.End.WHOLE);

        assertThat(whole.result().toString()).isEqualTo(PIECE + PIECE);
        assertThat(all.bytesInUse()).isEqualTo(4_000);
    }

    @Test
    void whereOthersLeaveNoRoomTheWorkerIsLetGo() {
        assertThat(all.take(7_000)).isTrue();
        Future<Buffer> whole = ResponseCollector.of(response, memory);
        stream.add(Buffer.buffer(PIECE));
        stream.add(Buffer.buffer(PIECE));

        assertThat(whole.cause())
                .isInstanceOfSatisfying(
                        ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.SHED));
        assertThat(letGo).hasValue(1);

        memory.close();
        assertThat(all.bytesInUse()).isEqualTo(7_000);
    }
}
