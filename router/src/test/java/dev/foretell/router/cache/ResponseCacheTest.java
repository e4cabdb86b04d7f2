package dev.foretell.router.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.upstream.call.Response;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseCacheTest {
    private static final int MAX_BYTES = 100_000;

    private final AtomicLong nanos = new AtomicLong(-5);
    private final ResponseCache store = new ResponseCache(Duration.ofSeconds(60), MAX_BYTES, nanos::get);

    /** An answer of a worker. */
    private record Given(int status, MultiMap headers, Buffer body) implements Response {}

    private static CachedResponse answer(String body) {
        return new CachedResponse(200, HttpHeaders.headers(), Buffer.buffer(body));
    }

    private CacheKey key(String data) {
        return Objects.requireNonNull(store.key("fib", Buffer.buffer(data)));
    }

    private @Nullable String found(String data) {
        CachedResponse kept = store.find(key(data));
        return kept == null ? null : kept.body().toString();
    }

    @Test
    void givesAnAnswerAgainUntilItIsTooOld() {
        store.keep(key("{}"), answer("1"));

        nanos.addAndGet(Duration.ofSeconds(60).toNanos() - 1000);
        assertThat(found("{}")).isEqualTo("1");
        nanos.addAndGet(1000);
        assertThat(found("{}")).isNull();
        assertThat(store.size()).isZero();
    }

    @Test
    void aNewAnswerTakesThePlaceOfTheOldAndBeginsItsTimeAnew() {
        store.keep(key("{}"), answer("1"));
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());

        store.keep(key("{}"), answer("2"));
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());

        assertThat(found("{}")).isEqualTo("2");
    }

    @Test
    void neverTakesMoreMemoryThanItMay() {
        String body = "x".repeat(1000);

        for (int i = 0; i < 1000; i++) {
            store.keep(key("""
                    {"n":%s}""".formatted(i)), answer(body));
            assertThat(store.size()).isLessThanOrEqualTo(MAX_BYTES / 1500);
        }

        assertThat(store.size()).isGreaterThan(MAX_BYTES / 3000);
    }

    @Test
    void tinyAnswersCostTheirObjectsToo() {
        for (int i = 0; i < 1000; i++) {
            store.keep(key("" + i), answer("2"));
        }

        assertThat(store.size()).isLessThan(MAX_BYTES / 512);
    }

    @Test
    void anAnswerThatIsLargerThanAllOfItIsNotKept() {
        store.keep(key("1"), answer("x".repeat(MAX_BYTES)));

        assertThat(found("1")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"'{\"a\":1,\"b\":2}', '{\"b\":2,\"a\":1}'", "'{\"a\":1}', '{\"a\": 1}'", "1, 1.0", "Aa, BB"})
    void inputThatDiffersInAByteIsOtherInput(String one, String other) {
        store.keep(key(one), answer("1"));

        assertThat(found(other)).isNull();
        assertThat(found(one)).isEqualTo("1");
    }

    @Test
    void theModelIdBelongsToTheInput() {
        store.keep(key("1"), answer("1"));

        assertThat(store.find(Objects.requireNonNull(store.key("fob", Buffer.buffer("1")))))
                .isNull();
    }

    @Test
    void dataOverSixtyFourKilobytesIsNotKept() {
        assertThat(store.key("fib", Buffer.buffer("x".repeat(65_536)))).isNotNull();
        assertThat(store.key("fib", Buffer.buffer("x".repeat(65_537)))).isNull();
    }

    @Test
    void anAnswerToACallFromBeforeItWasEmptiedDoesNotComeIn() {
        CacheKey before = key("1");
        store.keep(key("2"), answer("2"));

        store.clear();
        store.keep(before, answer("1"));

        assertThat(found("1")).isNull();
        assertThat(found("2")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "200, Content-Type, application/json, true",
        "200, Cache-Control, max-age=60, true",
        "200, Cache-Control, No-Store, false",
        "200, Cache-Control, 'private, max-age=5', false",
        "200, Cache-Control, no-cache, false",
        "200, Set-Cookie, a=b, false",
        "200, Content-Type, text/event-stream; charset=utf-8, false",
        "201, Content-Type, application/json, false",
        "422, Content-Type, application/json, false"
    })
    void onlyAnswersForOthersTooAreKept(int status, String header, String value, boolean kept) {
        Response response = new Given(status, HttpHeaders.headers().set(header, value), Buffer.buffer("1"));

        assertThat(CachedResponse.of(response) != null).isEqualTo(kept);
    }

    @Test
    void whatConcernsTheFirstCallAloneIsNotKept() {
        MultiMap headers = HttpHeaders.headers()
                .set("X-Request-Id", "7")
                .set("Date", "today")
                .set("Content-Type", "application/json");

        CachedResponse kept = Objects.requireNonNull(CachedResponse.of(new Given(200, headers, Buffer.buffer("1"))));

        assertThat(kept.headers().names()).containsExactly("Content-Type");
        assertThat(kept.with("X-Router-Cache", "hit").headers().names())
                .containsExactlyInAnyOrder("Content-Type", "X-Router-Cache");
        assertThat(headers.names()).hasSize(3);
    }
}
