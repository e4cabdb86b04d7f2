package dev.foretell.router.upstream.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.WorkerResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls whose callers have gone: what becomes of them and of their connections. */
class AbandonedCallsTest extends WorkerConnectionsFixture {
    @Test
    void theAnswerToACallThatWasAbandonedIsDroppedAndItsConnectionGoesOn() {
        script = socket -> {};
        Future<WorkerResponse> call = send();
        await().until(() -> asked.size() == 1);
        abandon();
        assertThat(failure(call)).isEqualTo(Reason.CANCELLED);

        asked.element().write(answer("nobody's"));
        await().until(() -> onLoop(connections::isQuiet));
        script = socket -> socket.write(answer("2"));

        assertThat(body(send())).isEqualTo("2");
        assertThat(accepted).hasValue(1);
        assertThat(strays.count()).isZero();
    }

    @Test
    void aLongAnswerToACallThatWasAbandonedIsBrokenOff() {
        script = socket -> {};
        send();
        await().until(() -> asked.size() == 1);
        abandon();

        asked.element().write(answer("x".repeat(70_000)));

        await().until(() -> open.get() == 0);
        assertThat(onLoop(connections::isQuiet)).isTrue();
    }

    @Test
    void aWorkerThatStaysAtACallThatWasAbandonedLosesItsConnection() {
        script = socket -> {};
        send();
        await().until(() -> asked.size() == 1);
        abandon();

        later.addAndGet(Duration.ofSeconds(2).toNanos());

        await().until(() -> open.get() == 0);
    }

    @Test
    void onlyHalfOfTheConnectionsAreHeldByCallsThatWereAbandoned() {
        script = socket -> {};
        send();
        send();
        await().until(() -> asked.size() == 2);

        doOnLoop(() -> sent.forEach(exchange -> exchange.abort(Reason.CANCELLED)));

        await().until(() -> open.get() == 1);
    }

    @Test
    void ofACallWhoseCallerHangsUpAtOnceTheWorkerHearsNothing() {
        assertThat(body(send())).isEqualTo("2");
        int before = asked.size();

        doOnLoop(() -> {
            for (int i = 0; i < 100; i++) {
                Exchange exchange = exchange();
                connections.send(exchange, now());
                exchange.abort(Reason.CANCELLED);
            }
        });

        assertThat(body(send())).isEqualTo("2");
        assertThat(asked).hasSize(before + 1);
        assertThat(accepted).hasValue(1);
    }

    @Test
    void noConnectionIsOpenedForCallersWhoHangUpAtOnce() {
        doOnLoop(() -> {
            Exchange exchange = exchange();
            connections.send(exchange, now());
            exchange.abort(Reason.CANCELLED);
        });

        assertThat(onLoop(connections::isQuiet)).isTrue();
        assertThat(body(send())).isEqualTo("2");
        assertThat(accepted).hasValue(1);
    }

    @Test
    void aCallThatIsAbandonedWhileItWaitsLeavesTheQueue() {
        List<Future<WorkerResponse>> calls = fill();
        abandon();
        assertThat(failure(calls.get(3))).isEqualTo(Reason.CANCELLED);

        Future<WorkerResponse> next = send();
        script = socket -> socket.write(answer("3"));
        asked.stream().distinct().toList().forEach(socket -> socket.write(answer("3")));

        assertThat(body(next)).isEqualTo("3");
    }
}
