package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.store.connection.Availability;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A Redis that answers, but takes no writes. */
class RefusedWritesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension
    static final OpenStore OPEN = new OpenStore();

    private final StateStore store = OPEN.store();

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0", "it is out of memory (maxmemory)"),
                Arguments.of("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE", "it is a read-only replica"),
                Arguments.of(
                        "CONFIG SET min-replicas-to-write 1",
                        "CONFIG SET min-replicas-to-write 0",
                        "too few of its replicas are connected (min-replicas-to-write)"),
                Arguments.of(
                        "ACL SETUSER default -hset",
                        "ACL SETUSER default +@all",
                        "its user may not do all that the router does (ACL)"),
                Arguments.of(
                        "ACL SETUSER default resetkeys ~other:*",
                        "ACL SETUSER default ~*",
                        "its user may not do all that the router does (ACL)"),
                Arguments.of(
                        "ACL SETUSER default -@scripting",
                        "ACL SETUSER default +@all",
                        "its user may not do all that the router does (ACL)"));
    }

    @AfterEach
    void takeWritesAgain() {
        refusals().forEach(refusal -> OPEN.byHand(String.valueOf(refusal.get()[1])));
        await().atMost(SOON).until(store::isUp);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isTakenForAwayByWritesUntilItTakesThemAgain(String refuse, String takeAgain, String why) {
        AtomicInteger returns = new AtomicInteger();
        store.onUp(returns::incrementAndGet);

        assertThat(OPEN.byHand(refuse)).isEqualTo("+OK");
        await().atMost(SOON).until(() -> {
            store.records().put("a", "{}");
            return !store.isUp();
        });

        assertThat(store.availability().reason()).isEqualTo(why);
        assertRefused(store.records().put("a", "{}"), why);
        OPEN.byHand(takeAgain);
        await().atMost(SOON).until(store::isUp);
        await(store.records().put("a", "{}"));
        assertThat(returns).hasValue(1);
    }

    @Test
    void isStillReadWhileItHasNoMemory() {
        await(store.records().put("a", "{}"));
        OPEN.byHand("CONFIG SET maxmemory 1");
        await().atMost(SOON).until(() -> !store.isUp());

        List<String> all = await(store.records().all());

        assertThat(all).containsExactly("{}");
        assertThat(await(store.counts().load())).isEmpty();
        assertThat(await(store.drainOrders().load()).workers()).isEmpty();
    }

    @Test
    void isNoticedWithoutAWriteOfOurs() {
        OPEN.byHand("CONFIG SET maxmemory 1");

        await().atMost(SOON).until(() -> store.availability().state() == Availability.State.REFUSING);
    }

    @Test
    void aCommandThatIsRefusedForItsKeyAloneSaysNothingOfOthers() {
        OPEN.byHand("SET {foretell}:records text");

        assertThatThrownBy(() -> await(store.records().put("a", "{}"))).isInstanceOf(ServingException.class);

        assertThat(store.isUp()).isTrue();
    }

    private static void assertRefused(Future<?> answer, String why) {
        assertThatThrownBy(() -> await(answer)).isInstanceOfSatisfying(ServingException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.STATE_STORE_UNAVAILABLE);
            assertThat(failure.detail()).isEqualTo("the state store takes no writes: " + why + "; nothing was changed");
        });
    }
}
