package dev.foretell.commons.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
    @ParameterizedTest
    @EnumSource
    void everyKindHasAStatusACodeAndATitle(FailureKind kind) {
        Problem problem = Problem.of(kind);

        assertThat(problem.status()).isBetween(400, 599);
        assertThat(problem.code()).matches("[A-Z_]+");
        assertThat(problem.title()).isNotBlank();
        assertThat(problem.type()).matches("urn:foretell:problem:[a-z-]+");
    }

    @ParameterizedTest
    @CsvSource({
        "MALFORMED, 400, INVALID_INPUT",
        "BAD_REQUEST, 400, INVALID_INPUT",
        "REQUEST_TIMEOUT, 408, REQUEST_TIMEOUT",
        "INVALID_INPUT, 422, INVALID_INPUT",
        "UNAUTHENTICATED, 401, UNAUTHENTICATED",
        "FORBIDDEN, 403, FORBIDDEN",
        "MODEL_NOT_FOUND, 404, MODEL_NOT_FOUND",
        "CONFLICT, 409, CONFLICT",
        "PAYLOAD_TOO_LARGE, 413, PAYLOAD_TOO_LARGE",
        "SHED, 429, SHED",
        "QUEUE_FULL, 429, QUEUE_FULL",
        "NO_WORKER, 503, NO_WORKER",
        "WORKERS_BUSY, 503, WORKERS_BUSY",
        "WORKER_FAILED, 502, WORKER_FAILED",
        "DEADLINE_EXCEEDED, 504, DEADLINE_EXCEEDED",
        "STARTING, 503, STARTING",
        "DRAINING, 503, DRAINING",
        "STATE_STORE_UNAVAILABLE, 503, STATE_STORE_UNAVAILABLE"
    })
    void isTheOneOfTheErrorsTable(FailureKind kind, int status, String code) {
        assertThat(Problem.of(kind).status()).isEqualTo(status);
        assertThat(Problem.of(kind).code()).isEqualTo(code);
    }

    @Test
    void onlyWhatMayPassIsRetryable() {
        Set<FailureKind> retryable = EnumSet.of(
                FailureKind.REQUEST_TIMEOUT,
                FailureKind.SHED,
                FailureKind.QUEUE_FULL,
                FailureKind.TOO_MANY_STREAMS,
                FailureKind.NO_WORKER,
                FailureKind.WORKERS_BUSY,
                FailureKind.QUORUM_MISSED,
                FailureKind.WORKER_FAILED,
                FailureKind.DEADLINE_EXCEEDED,
                FailureKind.STARTING,
                FailureKind.DRAINING,
                FailureKind.STATE_STORE_UNAVAILABLE,
                FailureKind.INSUFFICIENT_STORAGE);

        assertThat(Stream.of(FailureKind.values())
                        .filter(kind -> Problem.of(kind).retryable()))
                .containsExactlyInAnyOrderElementsOf(retryable);
    }
}
