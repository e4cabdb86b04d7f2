package dev.foretell.router.discovery;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.servicediscovery.ServiceDiscovery;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records, a few at a time, so that a change of ten thousand workers fills neither the heap nor a turn of an
 * event loop. If several changes of a record are waiting, only the last one is written. Thread-safe.
 */
final class AnnouncedRecords {
    private static final Logger LOG = LoggerFactory.getLogger(AnnouncedRecords.class);
    private static final int MAX_AT_ONCE = 16;

    private final ServiceDiscovery discovery;
    private final Context loop;

    /** Confined to the loop, like the next field. */
    private final Map<String, Optional<Announced>> wishes = new LinkedHashMap<>();

    private int underWay;

    AnnouncedRecords(ServiceDiscovery discovery, Context loop) {
        this.discovery = discovery;
        this.loop = loop;
    }

    /** @param more by record id: the worker of the record, or empty to remove it */
    void follow(Map<String, Optional<Announced>> more) {
        loop.runOnContext(v -> {
            wishes.putAll(more);
            goOn();
        });
    }

    private void goOn() {
        while (underWay < MAX_AT_ONCE && !wishes.isEmpty()) {
            String id = wishes.keySet().iterator().next();
            Optional<Announced> wish = wishes.getOrDefault(id, Optional.empty());
            wishes.remove(id);
            underWay++;
            write(id, wish)
                    .onFailure(AnnouncedRecords::onFailure)
                    .onComplete(done -> loop.runOnContext(v -> onWrite()));
        }
    }

    private Future<?> write(String id, Optional<Announced> wish) {
        return wish.isPresent() ? discovery.publish(wish.get().record(id)) : discovery.unpublish(id);
    }

    private void onWrite() {
        underWay--;
        goOn();
    }

    private static void onFailure(Throwable failure) {
        LOG.debug("A discovery record could not be written", failure);
    }
}
