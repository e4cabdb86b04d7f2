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
 * Whether the folder of model files is the one that all routers of a Redis share, under whatever name each has it mounted.
 * The name of a file in it is kept in Redis: who does not see that file has another folder. Each router renews the file
 * once, so that a copy of the folder gives itself away. Thread-safe; nothing waits on an event loop.
 */
public final class SharedFolder {
    /** What the routers agree on. */
    public interface Store {
        /** The mark that was last set; empty for none yet. */
        Future<String> mark();

        /** Sets another mark if that one is still set; says whether it did. */
        Future<Boolean> replace(String before, String next);

        /** What keeps the mark, for people. */
        String place();
    }

    private static final Logger LOG = LoggerFactory.getLogger(SharedFolder.class);
    private static final int TRIES = 3;

    private final Vertx vertx;
    private final Path folder;

    /** Null where the Redis is this router's own: nobody shares anything. */
    private final @Nullable Store store;

    private volatile boolean renewed;
    private volatile boolean isAnother;

    public SharedFolder(Vertx vertx, Path folder, @Nullable Store store) {
        this.vertx = vertx;
        this.folder = folder;
        this.store = store;
    }

    /** Looks whether it is, and says so when that changes. Where it cannot be known nothing changes. */
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

    /** Another router may just have renewed it. */
    private Future<Void> onMiss(Store agreed, String mark, int tries) {
        return agreed.mark().compose(now -> {
            if (!now.equals(mark) && tries > 1) {
                return check(agreed, tries - 1);
            }
            tell(agreed, true);
            return Future.succeededFuture();
        });
    }

    /** The file first: nobody may hear of a mark that is not there yet. */
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
                .onFailure(failure -> LOG.debug("Cannot mark the models folder {}", folder, failure));
    }

    private void tell(Store agreed, boolean another) {
        if (another && !isAnother) {
            LOG.warn("Not shared: {}", trouble(agreed));
        } else if (isAnother && !another) {
            LOG.info("The models folder {} is the one of the other routers now", folder);
        }
        isAnother = another;
    }

    /** What is wrong and the way out; empty where all is well. */
    public String trouble() {
        return store != null && isAnother ? trouble(store) : "";
    }

    private String trouble(Store agreed) {
        return "the models folder " + folder.toAbsolutePath().normalize()
                + " is not the one that the other routers of this Redis use, so that model files at one are not at the other:"
                + " let models.folder be one shared folder at all of them; if the other is gone for good, delete the key "
                + agreed.place() + " in Redis";
    }

    /** @throws ServingException {@link FailureKind#CONFLICT} where an upload would be had here alone */
    void requireShared() {
        if (isAnother) {
            throw new ServingException(FailureKind.CONFLICT, trouble());
        }
    }
}
