package dev.foretell.router.upstream.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.CallOrigin;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.ResponseMemory;
import dev.foretell.router.upstream.call.WorkerCall;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseAssemblerTest {
    private static final WorkerId WORKER = new WorkerId("w", 9001, 0);

    private static final int LONG = 10_000;

    private static ResponseAssembler answer(int status, String... headers) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        for (int i = 0; i < headers.length; i += 2) {
            response.headers().add(headers[i], headers[i + 1]);
        }
        return new ResponseAssembler(WORKER, response, 10, new ResponseMemory(0));
    }

    private static ByteBuf part(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static Future<WorkerResponse> settled(ResponseAssembler answer) {
        Exchange exchange = new Exchange(
                WORKER,
                new RequestHead(new WorkerHost.Address("w", 9001), "/fib", null, null),
                new WorkerCall(
                        "fib",
                        Buffer.buffer("{}"),
                        Deadline.after(Duration.ofSeconds(1), 0),
                        CallOrigin.own(),
                        RequestOptions.USUAL,
                        Cancellation::new),
                FixedPatience.ENDLESS,
                0,
                new NobodyTold());
        answer.settle(exchange);
        return exchange.outcome();
    }

    private static ResponseAssembler answer(ResponseMemory memory) {
        return new ResponseAssembler(
                WORKER, new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK), LONG, memory);
    }

    @Test
    void longAnswersTogetherAreBoundedAsWell() {
        ResponseMemory memory = new ResponseMemory(LONG);
        ResponseAssembler first = answer(memory);
        ResponseAssembler second = answer(memory);
        assertThat(first.add(part("x".repeat(6_000)))).isNull();

        assertThat(second.add(part("x".repeat(4_000)))).as("a short one").isNull();
        assertThat(second.add(part("x".repeat(2_000)))).isEqualTo(Reason.CROWDED);
        assertThat(first.add(part("x".repeat(4_000)))).isNull();
        assertThat(memory.bytesInUse()).isEqualTo(LONG);

        assertThat(settled(first).result().body().length()).isEqualTo(LONG);
        second.forget();
        assertThat(memory.bytesInUse()).isZero();
    }

    @Test
    void putsTheBodyTogether() {
        ResponseAssembler answer = answer(200);

        assertThat(answer.add(part("12345"))).isNull();
        assertThat(answer.add(part(""))).isNull();
        assertThat(answer.add(part("67890"))).isNull();

        assertThat(settled(answer).result().body().toString()).isEqualTo("1234567890");
        assertThat(settled(answer).result().worker()).isEqualTo(WORKER);
    }

    @Test
    void refusesWhatIsTooLong() {
        ResponseAssembler answer = answer(200);

        assertThat(answer.add(part("1234567890"))).isNull();
        assertThat(answer.add(part("1"))).isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void anAnswerWithoutABodyIsOne() {
        assertThat(settled(answer(204)).result().body().length()).isZero();
    }

    @Test
    void passesOnAllHeadersButThoseOfTheConnection() {
        WorkerResponse response = settled(answer(
                        200,
                        "Content-Type",
                        "text/plain",
                        "connection",
                        "close",
                        "KEEP-ALIVE",
                        "timeout=5",
                        "Content-Length",
                        "0",
                        "Trailer",
                        "X",
                        "X-Own",
                        "1",
                        "X-Own",
                        "2"))
                .result();

        assertThat(response.headers().names()).containsExactlyInAnyOrder("Content-Type", "X-Own");
        assertThat(response.headers().getAll("X-Own")).containsExactly("1", "2");
    }

    @ParameterizedTest
    @CsvSource({
        "500, ERROR_STATUS",
        "502, ERROR_STATUS",
        "504, DEADLINE",
        "401, REFUSED",
        "403, REFUSED",
        "404, REFUSED",
        "405, REFUSED",
        "503, BUSY",
        "429, BUSY",
        "302, GARBLED",
        "304, GARBLED"
    })
    void somethingWrongIsAFailure(int status, Reason reason) {
        AttemptFailure failure =
                (AttemptFailure) settled(answer(status, "Retry-After", "7")).cause();

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.retryAfter()).isEqualTo(reason == Reason.BUSY ? "7" : null);
    }

    @ParameterizedTest
    @CsvSource({"200", "201", "204", "400", "422"})
    void everythingElseIsTheAnswer(int status) {
        assertThat(settled(answer(status)).result().status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "200, -, application/x-ndjson, true",
                "200, -, Text/Event-Stream; charset=utf-8, true",
                "200, -, application/json, false",
                "200, -, -, false",
                "200, 1000, application/x-ndjson, false",
                "200, 50001, application/json, true",
                "200, 50000, application/json, false",
                "500, 50001, application/json, false",
                "204, -, application/x-ndjson, false",
                "422, -, application/x-ndjson, false",
            })
    void theHeadTellsWhatIsPassedOnInPieces(int status, String length, String type, boolean expected) {
        ResponseAssembler answer = length == null
                ? type == null ? answer(status) : answer(status, "Content-Type", type)
                : answer(status, "Content-Type", type, "Content-Length", length);

        assertThat(answer.isStream(50_000)).isEqualTo(expected);
    }

    @Test
    void onlyAGoodAnswerIsTooLongToGather() {
        ResponseAssembler good = answer(200);
        ResponseAssembler bad = answer(422);
        good.add(part("12345"));
        bad.add(part("12345"));

        assertThat(good.isTooLongToGather(4)).isTrue();
        assertThat(good.isTooLongToGather(5)).isFalse();
        assertThat(bad.isTooLongToGather(4)).isFalse();
    }

    @Test
    void knowsWhatTheHeadSaysOfTheConnection() {
        assertThat(answer(200, "Content-Length", "0").closesConnection()).isFalse();
        assertThat(answer(200, "Transfer-Encoding", "chunked").closesConnection())
                .isFalse();
        assertThat(answer(204).closesConnection()).isFalse();
        assertThat(answer(200).closesConnection()).isTrue();
        assertThat(answer(200, "Connection", "close").closesConnection()).isTrue();
        assertThat(answer(100).isInterim()).isTrue();
        assertThat(answer(200).isInterim()).isFalse();
        assertThat(answer(200, "Content-Length", "5").contentLength()).isEqualTo(5);
        assertThat(answer(200).contentLength()).isEqualTo(-1);
    }
}
