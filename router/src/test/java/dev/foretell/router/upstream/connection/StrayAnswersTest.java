package dev.foretell.router.upstream.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.StrayResponses;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Answers and bytes that nobody asked for never become the answer of another call. */
class StrayAnswersTest extends WorkerConnectionsFixture {
    @Test
    void anAnswerToNothingIsNeverAnothersAnswer() {
        script = socket -> socket.write(answer("1") + answer("stray"));
        assertThat(failure(send())).isEqualTo(Reason.MISPLACED);
        await().until(() -> open.get() == 0);
        assertThat(strays.count()).isEqualTo(2);

        script = socket -> socket.write(answer("2"));

        assertThat(body(send())).isEqualTo("2");
    }

    @Test
    void bytesBehindAnAnswerEndItsConnectionAndHarmNoCall() {
        script = socket -> socket.write(answer("1") + "EXTRA");
        for (int i = 0; i < 5; i++) {
            assertThat(body(send())).isEqualTo("1");
        }

        assertThat(accepted).hasValue(5);
        assertThat(strays.count()).isEqualTo(5);
    }

    @Test
    void bytesThatComeUnaskedEndTheirConnectionBeforeItIsUsedAgain() {
        assertThat(body(send())).isEqualTo("2");

        asked.element().write("EXTRA");
        await().until(() -> open.get() == 0);

        assertThat(body(send())).isEqualTo("2");
        assertThat(strays.count()).isEqualTo(1);
    }

    @Test
    void afterAStrayAnswerNoConnectionIsUsedTwiceForAWhile() {
        script = socket -> socket.write(answer("1") + "EXTRA");
        assertThat(body(send())).isEqualTo("1");
        script = socket -> socket.write(answer("2"));
        for (int i = 0; i < 3; i++) {
            assertThat(body(send())).isEqualTo("2");
        }
        assertThat(accepted).hasValue(4);

        later.addAndGet(StrayResponses.PENALTY.toNanos() + 1);
        assertThat(body(send())).isEqualTo("2");
        assertThat(body(send())).isEqualTo("2");

        assertThat(accepted).hasValue(5);
    }

    @Test
    void anAnswerWithoutTheRightEchoIsNoAnswer() {
        script = socket -> socket.write(echoing("2"));
        assertThat(body(send())).isEqualTo("2");

        script = socket -> socket.write(echoing("another's").replace(echo, "00000000"));
        assertThat(failure(send())).isEqualTo(Reason.MISPLACED);

        script = socket -> socket.write(echoing("3"));
        assertThat(body(send())).isEqualTo("3");
        assertThat(strays.count()).isEqualTo(2);
    }

    @Test
    void whoHasEchoedHasToGoOn() {
        script = socket -> socket.write(echoing("1"));
        assertThat(body(send())).isEqualTo("1");

        script = socket -> socket.write(answer("2"));

        assertThat(body(send()))
                .as("over a connection on which it did not echo")
                .isEqualTo("2");
        assertThat(accepted).hasValue(2);
        assertThat(strays.count()).isEqualTo(1);
    }

    @Test
    void theAnswersToCallsThatWereSentElsewhereAreNoStrays() {
        AtomicLong clock = new AtomicLong();
        WorkerConnections shared = to(server.actualPort(), clock::get);
        script = socket -> socket.write(echoing("1"));
        for (int i = 0; i < 400; i++) {
            assertThat(body(send(shared, clock::get))).isEqualTo("1");
        }
        asked.clear();
        script = socket -> {};
        Future<WorkerResponse> slow = send(shared, clock::get);
        await().until(() -> asked.size() == 1);
        NetSocket itsSocket = asked.remove();
        String itsAnswer = echoing("slow");
        Future<WorkerResponse> behind = send(shared, clock::get);
        await().until(() -> asked.size() == 1);
        assertThat(asked.remove()).isSameAs(itsSocket);
        String answerBehind = echoing("behind");

        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        await().until(() -> asked.size() == 1);
        itsSocket.write(itsAnswer + answerBehind);
        asked.remove().write(echoing("elsewhere"));

        assertThat(body(slow)).isEqualTo("slow");
        assertThat(body(behind)).isEqualTo("elsewhere");
        assertThat(strays.count()).isZero();
    }
}
