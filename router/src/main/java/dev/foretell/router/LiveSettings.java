package dev.foretell.router;

import dev.foretell.commons.config.ConfigException;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.http.admin.LiveConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The current settings, and which of them can change while the router runs. Every user of a setting either listens for
 * its changes or adds it to the table of settings that need a restart. Everything is checked before anything changes.
 * Thread-safe.
 */
final class LiveSettings implements LiveConfig {
    /** The keys and sections that need a restart. */
    static final Set<String> NEED_RESTART = Set.of(
            "http.host",
            "http.port",
            "http.max-body-bytes",
            "http.max-admin-body-bytes",
            "http.max-header-bytes",
            "http.max-connections",
            "http.max-unread-bytes",
            "http.max-streams",
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
            "models",
            "tasks.folder",
            "tasks.max-data-bytes",
            "training.spark-home",
            "tracing.endpoint",
            "tracing.queue");

    private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);
    private static final String MASK = "***";

    /** Secret because of the password in it; its other parts may be shown. */
    private static final String ADDRESS = "redis.address";

    private static final Set<String> SECRETS = ConfigLoader.secrets(RouterConfig.defaults());

    private record Listener(String prefix, Consumer<RouterConfig> adopt) {}

    private final Vertx vertx;
    private final Supplier<RouterConfig> source;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile RouterConfig current;

    /** @param source reads the settings again; throws {@link ConfigException} */
    LiveSettings(Vertx vertx, RouterConfig config, Supplier<RouterConfig> source) {
        this.vertx = vertx;
        this.current = config;
        this.source = source;
    }

    /** Calls {@code adopt} with the new settings whenever this key, or a key of this section, has changed. */
    void on(String prefix, Consumer<RouterConfig> adopt) {
        listeners.add(new Listener(prefix, adopt));
    }

    /** These settings can change; they are read from {@link #current} at each use. */
    void readWhenUsed(String... prefixes) {
        for (String prefix : prefixes) {
            on(prefix, next -> {});
        }
    }

    /** The keys and sections that can change. */
    Set<String> live() {
        return listeners.stream().map(Listener::prefix).collect(Collectors.toSet());
    }

    RouterConfig current() {
        return current;
    }

    @Override
    public Map<String, String> view() {
        Map<String, String> shown = new TreeMap<>();
        ConfigLoader.describe(current).forEach((key, value) -> shown.put(key, mask(key, value)));
        return shown;
    }

    @Override
    public Future<Reload> reload() {
        return vertx.executeBlocking(this::reloadNow, true)
                .onFailure(failure -> LOG.warn("The settings are unchanged: {}", failure.getMessage()));
    }

    private synchronized Reload reloadNow() {
        RouterConfig before = current;
        RouterConfig read = check(source);
        RouterConfig next = check(() -> ConfigLoader.merge(before, read, key -> covers(NEED_RESTART, key)));
        Set<String> changed = different(before, next);
        current = next;
        listeners.stream()
                .filter(listener -> changed.stream().anyMatch(key -> isBelow(listener.prefix(), key)))
                .forEach(listener -> listener.adopt().accept(next));
        Map<String, Change> changes = changes(changed, before, next);
        Set<String> needRestart = different(next, read);
        LOG.info("The settings have been read again. Changed: {}. Need a restart: {}", changes, needRestart);
        return new Reload(changes, needRestart);
    }

    private static RouterConfig check(Supplier<RouterConfig> step) {
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
                key, new Change(mask(key, from.getOrDefault(key, "")), mask(key, to.getOrDefault(key, "")))));
        return changes;
    }

    /** Whether a key is among these keys or in one of these sections. */
    static boolean covers(Set<String> prefixes, String key) {
        return prefixes.stream().anyMatch(prefix -> isBelow(prefix, key));
    }

    private static boolean isBelow(String prefix, String key) {
        return key.equals(prefix) || key.startsWith(prefix + ".");
    }

    private static String mask(String key, String value) {
        if (value.isEmpty()) {
            return value;
        }
        return SECRETS.contains(key) && !key.equals(ADDRESS) ? MASK : value.replaceAll("://[^,]*@", "://" + MASK + "@");
    }
}
