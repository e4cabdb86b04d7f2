package dev.foretell.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RoutersTest {
    private static final URI A = URI.create("http://a:1");
    private static final URI B = URI.create("https://b/prefix");
    private static final URI C = URI.create("http://c");

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Routers routers = new Routers(List.of("http://a:1/", "https://b/prefix//", "http://c"), clock::get);

    @Test
    void callsTakeTurns() {
        assertThat(routers.order()).containsExactly(A, B, C);
        assertThat(routers.order()).containsExactly(B, C, A);
        assertThat(routers.order()).containsExactly(C, A, B);
        assertThat(routers.order()).containsExactly(A, B, C);
    }

    @Test
    void oneThatRefusedIsLastForAWhile() {
        routers.rest(A);

        assertThat(routers.order()).containsExactly(B, C, A);
        clock.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(routers.order()).containsExactly(B, C, A);
        clock.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(routers.order()).containsExactly(C, A, B);
    }

    @Test
    void allOfThemAreTriedWhereAllRefused() {
        routers.rest(A);
        routers.rest(B);
        routers.rest(C);

        assertThat(routers.order()).containsExactly(A, B, C);
    }
}
