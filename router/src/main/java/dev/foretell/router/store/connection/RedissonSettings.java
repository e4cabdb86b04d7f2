package dev.foretell.router.store.connection;

import java.time.Duration;
import java.util.List;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.ReadMode;
import org.redisson.config.SubscriptionMode;

/** The Redisson settings: few threads and connections, one attempt per command, and reads from the master. */
public final class RedissonSettings {
    private static final int THREADS = 2;
    private static final int MAX_CONNECTIONS = 8;
    private static final Duration RECONNECT = Duration.ofMillis(200);
    private static final int BETWEEN_SCANS_MS = 1000;

    private RedissonSettings() {}

    public static Config of(RedisAddress address, Duration timeout) {
        Config config = new Config()
                .setCodec(StringCodec.INSTANCE)
                .setThreads(THREADS)
                .setNettyThreads(THREADS)
                .setUsername(address.login().user())
                .setPassword(address.password());
        switch (address.kind()) {
            case SINGLE -> single(config, address, timeout);
            case SENTINEL -> sentinel(config, address, timeout);
            case CLUSTER -> cluster(config, address, timeout);
        }
        return config;
    }

    private static void single(Config config, RedisAddress address, Duration timeout) {
        config.useSingleServer()
                .setAddress(address.urls().get(0))
                .setDatabase(address.database())
                .setConnectionPoolSize(MAX_CONNECTIONS)
                .setConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(1)
                .setSubscriptionConnectionMinimumIdleSize(1)
                .setTimeout((int) timeout.toMillis())
                .setConnectTimeout((int) timeout.toMillis())
                .setSubscriptionTimeout((int) timeout.toMillis())
                .setRetryAttempts(0)
                .setPingConnectionInterval(1000)
                .setReconnectionDelay(new ConstantDelay(RECONNECT));
    }

    private static void sentinel(Config config, RedisAddress address, Duration timeout) {
        var sentinel = config.useSentinelServers()
                .setMasterName(address.master())
                .setDatabase(address.database())
                .setScanInterval(BETWEEN_SCANS_MS)
                .setCheckSentinelsList(false)
                .addSentinelAddress(address.urls().toArray(String[]::new));
        applyCommon(sentinel, timeout);
    }

    private static void cluster(Config config, RedisAddress address, Duration timeout) {
        List<String> urls = address.urls();
        applyCommon(
                config.useClusterServers()
                        .setScanInterval(BETWEEN_SCANS_MS)
                        .addNodeAddress(urls.toArray(String[]::new)),
                timeout);
    }

    private static void applyCommon(BaseMasterSlaveServersConfig<?> servers, Duration timeout) {
        servers.setReadMode(ReadMode.MASTER);
        servers.setSubscriptionMode(SubscriptionMode.MASTER);
        servers.setMasterConnectionPoolSize(MAX_CONNECTIONS);
        servers.setMasterConnectionMinimumIdleSize(1);
        servers.setSubscriptionConnectionPoolSize(1);
        servers.setSubscriptionConnectionMinimumIdleSize(1);
        servers.setTimeout((int) timeout.toMillis());
        servers.setConnectTimeout((int) timeout.toMillis());
        servers.setSubscriptionTimeout((int) timeout.toMillis());
        servers.setRetryAttempts(0);
        servers.setPingConnectionInterval(1000);
        servers.setReconnectionDelay(new ConstantDelay(RECONNECT));
    }
}
