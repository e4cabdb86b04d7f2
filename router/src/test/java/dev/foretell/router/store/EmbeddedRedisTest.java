package dev.foretell.router.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {
    @Test
    void starts(@TempDir Path data) throws Exception {
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            try (EmbeddedRedis redis = EmbeddedRedis.start(data)) {
                System.out.println("STARTED " + (System.nanoTime() - start) / 1000000 + " ms");
                try (LoopbackRedis l = LoopbackRedis.connect(redis.port(), Duration.ofSeconds(1))) {
                    assertThat(l.say("PING")).startsWith("-NOAUTH");
                }
                start = System.nanoTime();
            }
            System.out.println("STOPPED " + (System.nanoTime() - start) / 1000000 + " ms");
        }
    }
}
