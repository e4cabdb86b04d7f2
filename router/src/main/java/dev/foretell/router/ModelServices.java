package dev.foretell.router;

import dev.foretell.router.health.HostNotifier;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.ModelsConfig;
import dev.foretell.router.models.Placements;
import dev.foretell.router.models.files.FileStorage;
import dev.foretell.router.models.files.ModelFiles;
import dev.foretell.router.models.files.ModelFolder;
import dev.foretell.router.models.files.SharedFolder;
import dev.foretell.router.models.files.Uploads;
import dev.foretell.router.models.traffic.CanaryGuard;
import dev.foretell.router.models.traffic.Rollouts;
import dev.foretell.router.models.traffic.VersionTraffic;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.upstream.pool.EndpointPools;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The router's services for registered models: the registry, the files, the placement at hosts, and the traffic. */
record ModelServices(
        ModelRegistry registry, FileStorage storage, Uploads uploads, Placements placements, Traffic traffic) {
    /** Who decides which version gets a call: the plans, the watch over canaries, changes of plans. */
    record Traffic(VersionTraffic versions, CanaryGuard canaries, Rollouts rollouts) {
        private static Traffic of(Vertx vertx, ModelRegistry registry, EndpointPools pools, ModelFiles files) {
            VersionTraffic versions = new VersionTraffic(pools, ThreadLocalRandom::current);
            return new Traffic(
                    versions,
                    new CanaryGuard(versions, registry, Clock.systemUTC()),
                    new Rollouts(vertx, registry, pools, files));
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ModelServices.class);

    static ModelServices of(
            Vertx vertx,
            RouterConfig settings,
            ModelRegistry registry,
            RoutingTables tables,
            EndpointPools pools,
            SharedFolder.@Nullable Store mark) {
        ModelsConfig config = settings.models();
        HostNotifier notices =
                new HostNotifier(vertx, pools, settings.workers().upstream().authorization());
        Path folder = config.folder(settings.state().redis().data());
        ModelFiles files = new ModelFolder(vertx, folder, config.maxBytes());
        FileStorage storage = new FileStorage(files, new SharedFolder(vertx, folder, mark), notices::forget);
        return new ModelServices(
                registry,
                storage,
                new Uploads(registry, storage, tables, config, pools, Clock.systemUTC()),
                new Placements(tables, registry, pools),
                Traffic.of(vertx, registry, pools, files));
    }

    /** Deletes files that no version refers to. */
    Future<Void> sweepFiles() {
        return storage.files()
                .sweep(digest -> registry.current().uses(digest))
                .onFailure(
                        failure -> LOG.warn("The unused model files could not be deleted: {}", failure.getMessage()));
    }
}
