package dev.foretell.router.upstream.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.WorkerResponse;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How calls and connections meet: who waits, who is refused, which connections are kept. */
class WorkerConnectionsTest extends WorkerConnectionsFixture {
    @Test
    void aConnectionServesOneCallAfterTheOther() {
        for (int i = 0; i < 10; i++) {
            assertThat(body(send())).isEqualTo("2");
        }

        assertThat(accepted).hasValue(1);
        assertThat(onLoop(connections::isQuiet)).isTrue();
    }

    @Test
    void callsBeyondTheConnectionsWaitAndThoseBeyondThatAreRefused() {
        List<Future<WorkerResponse>> calls = fill();

        assertThat(failure(send())).isEqualTo(Reason.BUSY);
        assertThat(onLoop(connections::isQuiet)).isFalse();
        script = socket -> socket.write(answer("3"));
        asked.stream().distinct().toList().forEach(socket -> socket.write(answer("3")));

        assertThat(calls).allSatisfy(call -> assertThat(body(call)).isEqualTo("3"));
        assertThat(accepted).hasValue(2);
    }

    @Test
    void whereNobodyListensCallsFailAtOnce() throws IOException {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        taken.close();
        WorkerConnections nowhere = to(taken.getLocalPort());

        assertThat(failure(send(nowhere))).isEqualTo(Reason.UNREACHABLE);
        assertThat(onLoop(nowhere::isQuiet)).isTrue();
    }

    @Test
    void aConnectionThatBreaksOffFailsItsCallAndIsReplaced() {
        script = NetSocket::close;
        assertThat(failure(send())).isEqualTo(Reason.DROPPED);

        script = socket -> socket.write(answer("4"));

        assertThat(body(send())).isEqualTo("4");
        assertThat(accepted).hasValue(2);
    }

    @Test
    void whatIsNoHttpIsNoAnswer() {
        script = socket -> socket.write("this is no HTTP\r\n\r\n");

        assertThat(failure(send())).isEqualTo(Reason.GARBLED);
    }

    @Test
    void aResponseThatIsTooLongFails() {
        script = socket -> socket.write(answer("x".repeat(101)).replace("200 OK", "400 No"));

        assertThat(failure(send())).isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void anAnswerWhoseEndIsTheConnectionsEndIsOne() {
        script = socket -> {
            socket.write("HTTP/1.1 200 OK\r\n\r\n2");
            socket.close();
        };

        assertThat(body(send())).isEqualTo("2");
        assertThat(body(send())).isEqualTo("2");
        assertThat(accepted).hasValue(2);
    }

    @Test
    void aBodyWhereThereIsNoneEndsTheConnection() {
        script = socket -> socket.write("HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\nhello");

        assertThat(body(send())).isEmpty();
        assertThat(body(send())).isEmpty();
        assertThat(accepted).hasValue(2);
        assertThat(strays.count()).isEqualTo(2);
    }

    @Test
    void aWorkerThatEndsItsConnectionWithAnAnswerIsReachedOverAnother() {
        script = socket -> socket.write(answer("1").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

        assertThat(body(send())).isEqualTo("1");
        assertThat(body(send())).isEqualTo("1");
        assertThat(accepted).hasValue(2);
    }

    @Test
    void whatIsIdleForTooLongIsClosed() {
        assertThat(body(send())).isEqualTo("2");
        doOnLoop(connections::sweep);
        assertThat(open).hasValue(1);

        later.addAndGet(Duration.ofSeconds(31).toNanos());
        doOnLoop(connections::sweep);

        await().until(() -> open.get() == 0);
        assertThat(body(send())).isEqualTo("2");
        assertThat(accepted).hasValue(2);
    }

    @Test
    void ofTheConnectionsThatTheLoadDoesNotNeedAFewAreKept() {
        WorkerConnections many = to(server.actualPort(), this::now, 20);
        answerAtOnce(many, 20);
        doOnLoop(many::sweep);
        assertThat(open).as("all were in use just now").hasValue(20);

        later.addAndGet(Duration.ofSeconds(6).toNanos());
        answerAtOnce(many, 5);
        doOnLoop(many::sweep);

        await().until(() -> open.get() == 5 + 4);
        answerAtOnce(many, 9);
        assertThat(accepted).as("none had to be opened anew").hasValue(20);
    }

    /** Calls that are in flight at the same time. */
    private void answerAtOnce(WorkerConnections over, int calls) {
        asked.clear();
        script = socket -> {};
        List<Future<WorkerResponse>> all =
                Stream.generate(() -> send(over)).limit(calls).toList();
        await().until(() -> asked.size() == calls);
        asked.forEach(socket -> socket.write(answer("2")));
        assertThat(all).allSatisfy(call -> assertThat(body(call)).isEqualTo("2"));
    }

    @Test
    void closingBreaksOffWhatIsInFlightAndWhatWaits() {
        List<Future<WorkerResponse>> calls = fill();

        doOnLoop(connections::close);

        assertThat(calls).allSatisfy(call -> assertThat(failure(call)).isEqualTo(Reason.DROPPED));
        assertThat(failure(send())).isEqualTo(Reason.DROPPED);
        await().until(() -> open.get() == 0);
    }
}
