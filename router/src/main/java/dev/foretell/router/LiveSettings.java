package dev.foretell.router;

import static java.util.Map.entry;

import dev.foretell.commons.config.ConfigException;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.http.LiveConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings that the router goes by, and which of them may change while it runs: a new setting gets its line in one of
 * the two tables. Everything is checked before anything changes. Thread-safe.
 */
final class LiveSettings implements LiveConfig {
    /** What may change, by key or section, and who is told. */
    static final Map<String, BiConsumer<RouterMain.Parts, RouterConfig>> LIVE = Map.ofEntries(
            entry("http.drain-delay", (parts, config) -> {}),
            entry("http.drain", (parts, config) -> {}),
            entry("http.writes-from", (parts, config) -> parts.api().adopt(config.http())),
            entry("http.names", (parts, config) -> parts.api().adopt(config.http())),
            entry("http.token", (parts, config) -> parts.api().adopt(config.http())),
            entry("http.access-log", (parts, config) -> parts.api().adopt(config.http())),
            entry("routing", (parts, config) -> parts.pools().adopt(config.routing())),
            entry("lease", (parts, config) -> parts.leases().adopt(config.lease())),
            entry("balance", (parts, config) -> parts.pools().adopt(config.balance())),
            entry("health", (parts, config) -> parts.monitor().adopt(config.health())),
            entry("admission", (parts, config) -> parts.admission().adopt(config.admission())),
            entry(
                    "deadline",
                    (parts, config) -> parts.onLoops(loop -> loop.deadlines().adopt(config.deadline()))),
            entry("retry", (parts, config) -> {
                parts.retrier().adopt(config.retry());
                parts.hedges().adopt(config.retry());
            }),
            entry(
                    "batch",
                    (parts, config) -> parts.onLoops(loop -> loop.predictor().adopt(config.batch()))),
            entry("breaker", (parts, config) -> parts.pools().adopt(config.breaker())),
            entry("warm-up", (parts, config) -> {
                parts.pools().adopt(config.warmUp());
                parts.warmUp().adopt(config.warmUp());
            }),
            entry("upstream.max-connections", LiveSettings::upstream),
            entry("upstream.max-waiting", LiveSettings::upstream),
            entry("upstream.keep-alive", LiveSettings::upstream));

    /** What may not, by key or section. */
    static final Set<String> NEED_RESTART = Set.of(
            "http.host",
            "http.port",
            "http.max-body-bytes",
            "http.max-admin-body-bytes",
            "http.max-header-bytes",
            "http.max-connections",
            "http.max-unread-bytes",
            "http.idle-timeout",
            "http.head-timeout",
            "http.body-timeout",
            "http.event-loops",
            "http.stream-over",
            "http.max-stream-bytes",
            "redis",
            "upstream.connect-timeout",
            "upstream.max-answer-bytes",
            "upstream.stream-over",
            "upstream.authorization",
            "cache",
            "fallback",
            "discovery",
            "models");

    private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);
    private static final String MASK = "***";

    /** Secret for the password in it; the rest is worth knowing. */
    private static final String ADDRESS = "redis.address";

    private static final Set<String> SECRETS = ConfigLoader.secrets(RouterConfig.defaults());

    /** What became of one setting. */
    private record Change(String from, String to) {}

    private final Vertx vertx;
    private final Supplier<RouterConfig> source;
    private final Supplier<RouterMain.Parts> parts;
    private volatile RouterConfig current;

    /** @param source reads the settings again; throws {@link ConfigException} */
    LiveSettings(Vertx vertx, RouterConfig config, Supplier<RouterConfig> source, Supplier<RouterMain.Parts> parts) {
        this.vertx = vertx;
        this.current = config;
        this.source = source;
        this.parts = parts;
    }

    private static void upstream(RouterMain.Parts parts, RouterConfig config) {
        parts.onLoops(loop -> loop.workers().adopt(config.upstream()));
    }

    RouterConfig current() {
        return current;
    }

    @Override
    public Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        ConfigLoader.describe(current).forEach((key, value) -> shown.put(key, masked(key, value)));
        return shown;
    }

    @Override
    public Future<Map<String, Object>> reload() {
        return vertx.executeBlocking(this::reloadNow, true)
                .onFailure(failure -> LOG.warn("The settings stay as they are: {}", failure.getMessage()));
    }

    private synchronized Map<String, Object> reloadNow() {
        RouterConfig before = current;
        RouterConfig read = checked(source);
        RouterConfig next = checked(() -> ConfigLoader.merge(before, read, key -> covers(NEED_RESTART, key)));
        Set<String> changed = different(before, next);
        current = next;
        LIVE.forEach((prefix, adopt) -> {
            if (changed.stream().anyMatch(key -> isBelow(prefix, key))) {
                adopt.accept(parts.get(), next);
            }
        });
        Map<String, Change> changes = changes(changed, before, next);
        Set<String> needRestart = different(next, read);
        LOG.info("Settings read again; changed: {}, need a restart: {}", changes, needRestart);
        Map<String, Object> done = new LinkedHashMap<>();
        done.put("changed", changes);
        done.put("needs_restart", needRestart);
        return done;
    }

    private static RouterConfig checked(Supplier<RouterConfig> step) {
        try {
            return step.get();
        } catch (ConfigException e) {
            throw new ServingException(FailureKind.INVALID_INPUT, String.join("; ", e.problems()));
        }
    }

    private static Set<String> different(RouterConfig one, RouterConfig other) {
        Map<String, String> values = ConfigLoader.describe(one);
        Set<String> keys = new TreeSet<>();
        ConfigLoader.describe(other).forEach((key, value) -> {
            if (!value.equals(values.get(key))) {
                keys.add(key);
            }
        });
        return keys;
    }

    private static Map<String, Change> changes(Set<String> keys, RouterConfig before, RouterConfig after) {
        Map<String, String> from = ConfigLoader.describe(before);
        Map<String, String> to = ConfigLoader.describe(after);
        Map<String, Change> changes = new TreeMap<>();
        keys.forEach(key -> changes.put(
                key, new Change(masked(key, from.getOrDefault(key, "")), masked(key, to.getOrDefault(key, "")))));
        return changes;
    }

    /** Whether a key is one of these, or in one of these sections. */
    static boolean covers(Set<String> prefixes, String key) {
        return prefixes.stream().anyMatch(prefix -> isBelow(prefix, key));
    }

    private static boolean isBelow(String prefix, String key) {
        return key.equals(prefix) || key.startsWith(prefix + ".");
    }

    private static String masked(String key, String value) {
        if (value.isEmpty()) {
            return value;
        }
        return SECRETS.contains(key) && !key.equals(ADDRESS) ? MASK : value.replaceAll("://[^,]*@", "://" + MASK + "@");
    }
}
