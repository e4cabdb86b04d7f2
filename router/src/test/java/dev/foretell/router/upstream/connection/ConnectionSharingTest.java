package dev.foretell.router.upstream.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionSharingTest {
    private final ConnectionSharing pace = new ConnectionSharing();

    @Test
    void aNewWorkerGetsAConnectionForEachCall() {
        assertThat(pace.depth()).isOne();
    }

    @Test
    void aWorkerThatProvesFastIsShared() {
        answers(200, TimeUnit.MICROSECONDS.toNanos(100));

        assertThat(pace.depth()).isEqualTo(ConnectionSharing.SHARED_DEPTH);
    }

    @Test
    void oneSlowAnswerEndsSharingAndManyFastOnesBringItBack() {
        answers(1000, TimeUnit.MICROSECONDS.toNanos(100));

        answers(1, TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(pace.depth()).isOne();
        answers(20, TimeUnit.MICROSECONDS.toNanos(100));
        assertThat(pace.depth()).isOne();
        answers(1000, TimeUnit.MICROSECONDS.toNanos(100));
        assertThat(pace.depth()).isEqualTo(ConnectionSharing.SHARED_DEPTH);
    }

    @Test
    void aHiccupDoesNotEndSharing() {
        answers(1000, TimeUnit.MICROSECONDS.toNanos(100));

        answers(1, TimeUnit.MILLISECONDS.toNanos(20));

        assertThat(pace.depth()).isEqualTo(ConnectionSharing.SHARED_DEPTH);
    }

    @Test
    void aWorkerThatBrokeASharedConnectionIsNotSharedAgain() {
        pace.neverShareAgain();
        answers(10_000, 1000);

        assertThat(pace.depth()).isOne();
    }

    private void answers(int count, long serviceNanos) {
        for (int i = 0; i < count; i++) {
            pace.observe(serviceNanos);
        }
    }
}
