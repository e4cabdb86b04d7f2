package dev.foretell.router.store.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redisson.client.RedisException;
import org.redisson.client.RedisOutOfMemoryException;

class StoreFailureReasonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OOM | OOM command not allowed when used memory > 'maxmemory'. channel: [id: 1] command: (EVAL)",
                "READONLY | READONLY You can't write against a read only replica. script: 7e0, on @user_script:1.",
                "READONLY | ERR Error running script (call to f_1): @user_script:1: -READONLY You can't write"
                        + " against a replica.",
                "NOREPLICAS | NOREPLICAS Not enough good replicas to write. channel: [id: 1]",
                "NOPERM | NOPERM this user has no permissions to run the 'evalsha' command",
                "NOPERM | ERR ACL failure in script: User default has no permissions to run the 'hset' command"
                        + " script: 7e0",
                "NOPERM | ERR Error running script: @user_script: 1: The user executing the script can't run"
                        + " this command or subcommand",
                "MISCONF | MISCONF Redis is configured to save RDB snapshots, but it's currently unable to"
                        + " persist to disk.",
                "CLUSTERDOWN | CLUSTERDOWN The cluster is down",
                "LOADING | LOADING Redis is loading the dataset in memory",
                "BUSY | BUSY Redis is busy running a script.",
            })
    void tellsWhyRedisTakesNoWrites(WriteRefusal refusal, String message) {
        StoreFailureReason reason = StoreFailureReason.of(new IllegalStateException(new RedisException(message)));

        assertThat(reason.refusal()).isEqualTo(refusal);
        assertThat(reason.words()).isEqualTo(refusal.words());
        assertThat(reason.isAbsence()).isFalse();
    }

    @Test
    void knowsOutOfMemoryWithoutItsCode() {
        assertThat(StoreFailureReason.of(new RedisOutOfMemoryException("command not allowed"))
                        .refusal())
                .isEqualTo(WriteRefusal.OOM);
    }

    @Test
    void silenceIsAbsence() {
        assertThat(StoreFailureReason.of(new TimeoutException()))
                .isEqualTo(new StoreFailureReason("it did not respond in time", true, null));
        assertThat(StoreFailureReason.of(new IOException("reset")).isAbsence()).isTrue();
    }

    @Test
    void aSpoiltKeyIsNoRefusal() {
        StoreFailureReason reason = StoreFailureReason.of(new RedisException(
                "WRONGTYPE Operation against a key holding the wrong kind of value. channel: [id: 1] command: (HSET)"));

        assertThat(reason.refusal()).isNull();
        assertThat(reason.isAbsence()).isFalse();
        assertThat(reason.words()).isEqualTo("WRONGTYPE Operation against a key holding the wrong kind of value");
    }
}
