package dev.foretell.router.models.files;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that the folder of model files is the one that all routers of a Redis share, at whatever path each router has
 * mounted it. Redis stores the name of a marker file in the folder; a router that does not see that file has another
 * folder. Each router renews the marker once, which exposes a copy of the folder. Thread-safe; never blocks an event
 * loop.
 */
public final class SharedFolder {
    /** The name that the routers agree on. */
    public interface Store {
        /** The current marker; empty if there is none. */
        Future<String> mark();

        /** Replaces the marker if it is still {@code before}; returns whether it did. */
        Future<Boolean> replace(String before, String next);

        /** Where the marker is stored, for people. */
        String place();
    }

    private static final Logger LOG = LoggerFactory.getLogger(SharedFolder.class);
    private static final int TRIES = 3;

    private final Vertx vertx;
    private final Path folder;

    /** Null if the Redis belongs to this router: nobody shares it. */
    private final @Nullable Store store;

    private volatile boolean renewed;
    private volatile boolean isAnother;

    public SharedFolder(Vertx vertx, Path folder, @Nullable Store store) {
        this.vertx = vertx;
        this.folder = folder;
        this.store = store;
    }

    /** Checks the folder and logs a change of the result. If the check is not possible, nothing changes. */
    public Future<Void> check() {
        return store == null ? Future.succeededFuture() : check(store, TRIES).otherwiseEmpty();
    }

    private Future<Void> check(Store agreed, int tries) {
        return agreed.mark()
                .compose(mark -> mark.isEmpty()
                        ? renew(agreed, mark, tries)
                        : onDisk(() -> Files.exists(file(mark)))
                                .compose(here -> here ? onFound(agreed, mark, tries) : onMiss(agreed, mark, tries)));
    }

    private Future<Void> onFound(Store agreed, String mark, int tries) {
        tell(agreed, false);
        return renewed ? Future.succeededFuture() : renew(agreed, mark, tries);
    }

    /** Another router may have just renewed the marker. */
    private Future<Void> onMiss(Store agreed, String mark, int tries) {
        return agreed.mark().compose(now -> {
            if (!now.equals(mark) && tries > 1) {
                return check(agreed, tries - 1);
            }
            tell(agreed, true);
            return Future.succeededFuture();
        });
    }

    /** Creates the file first, because no router may learn of a marker before its file exists. */
    private Future<Void> renew(Store agreed, String before, int tries) {
        String next = UUID.randomUUID().toString();
        return onDisk(() -> Files.createFile(Files.createDirectories(folder).resolve(name(next))))
                .compose(made -> agreed.replace(before, next))
                .compose(done -> onDisk(() -> Files.deleteIfExists(file(done ? before : next)))
                        .compose(gone -> done ? renew(agreed) : again(agreed, tries)));
    }

    private Future<Void> renew(Store agreed) {
        renewed = true;
        tell(agreed, false);
        return Future.succeededFuture();
    }

    private Future<Void> again(Store agreed, int tries) {
        return tries > 1 ? check(agreed, tries - 1) : Future.succeededFuture();
    }

    private Path file(String mark) {
        return folder.resolve(name(mark));
    }

    private static String name(String mark) {
        return "folder." + mark;
    }

    private <T> Future<T> onDisk(Callable<T> step) {
        return vertx.executeBlocking(step, false)
                .onFailure(failure ->
                        LOG.debug("The marker file in the models folder {} cannot be" + " written", folder, failure));
    }

    private void tell(Store agreed, boolean another) {
        if (another && !isAnother) {
            LOG.warn("Not shared: {}", trouble(agreed));
        } else if (isAnother && !another) {
            LOG.info("The models folder {} is now the same as that of the other routers", folder);
        }
        isAnother = another;
    }

    /** The problem and a hint; empty if there is no problem. */
    public String trouble() {
        return store != null && isAnother ? trouble(store) : "";
    }

    private String trouble(Store agreed) {
        return "the models folder " + folder.toAbsolutePath().normalize()
                + " is not the one that the other routers of this Redis use, so the routers do not share model files:"
                + " set models.folder to one shared folder at all of them; if the other folder is lost, delete the key "
                + agreed.place() + " in Redis";
    }

    /** @throws ServingException {@link FailureKind#CONFLICT} if only this router would have the uploaded file */
    void requireShared() {
        if (isAnother) {
            throw new ServingException(FailureKind.CONFLICT, trouble());
        }
    }
}
