package dev.foretell.router.store.embedded;

import dev.foretell.router.store.connection.RedisAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Redis of a running router's folder, for other processes of the same user. Blocking. */
public final class RunningRedis {
    private static final Duration ONE_ANSWER = Duration.ofSeconds(2);

    private RunningRedis() {}

    /** Its address; null if no server has proven to belong to this folder. */
    public static @Nullable RedisAddress of(Path folder) {
        return ServerOwnership.process(folder)
                .flatMap(process -> conf(folder).filter(conf -> isOf(process, conf, folder)))
                .map(conf -> RedisAddress.ofEmbedded(conf.port(), conf.password()))
                .orElse(null);
    }

    private static Optional<ServerConf> conf(Path folder) {
        try {
            return ServerConf.parse(Files.readString(folder.resolve(DataFolder.CONF)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isOf(ProcessHandle process, ServerConf conf, Path folder) {
        try (LoopbackRedis redis = LoopbackRedis.connect(conf.port(), ONE_ANSWER)) {
            return redis.login(conf.password()) && ServerOwnership.isOf(redis, process, folder);
        } catch (IOException e) {
            return false;
        }
    }
}
