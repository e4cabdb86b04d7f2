package dev.foretell.worker.onnx.shelf;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches model files from one of several routers: the one that served the last file, or else the next. Thread-safe.
 */
public final class SharedBlobs implements BlobSource {
    private static final Logger LOG = LoggerFactory.getLogger(SharedBlobs.class);
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final List<RouterBlobs> routers;
    private volatile int last;

    private SharedBlobs(List<RouterBlobs> routers) {
        this.routers = List.copyOf(routers);
    }

    /**
     * @param urls the URLs of the routers, at least one
     * @param key sent as a bearer token if it is not empty
     * @param timeout maximum time for one file from one router; a tenth of it for each wait, and at most 5 s if there
     *     is another router
     */
    public static SharedBlobs of(List<String> urls, String key, Duration timeout) {
        return new SharedBlobs(
                urls.stream().map(url -> new RouterBlobs(url, key, timeout)).toList());
    }

    @Override
    public void fetch(String digest, Path to, Room room) throws IOException {
        int first = last;
        ServingException why = null;
        for (int i = 0; i < routers.size(); i++) {
            int at = (first + i) % routers.size();
            boolean isLast = i == routers.size() - 1;
            ServingException failure =
                    tryFetch(routers.get(at).withMaxWait(isLast ? null : MAX_WAIT), digest, to, room);
            if (failure == null) {
                last = at;
                return;
            }
            why = why == null || failure.kind() == FailureKind.WORKERS_BUSY ? failure : why;
        }
        throw why == null ? new IllegalStateException("no router to ask") : why;
    }

    /** Null if the file has been fetched. If there is no room for it, other routers need not be asked. */
    private @Nullable ServingException tryFetch(RouterBlobs router, String digest, Path to, Room room)
            throws IOException {
        boolean[] full = new boolean[1];
        try {
            router.fetch(digest, to, bytes -> {
                full[0] = true;
                room.take(bytes);
                full[0] = false;
            });
            return null;
        } catch (ServingException e) {
            if (full[0]) {
                throw e;
            }
            LOG.warn("{}: {}", router, e.detail());
            Files.deleteIfExists(to);
            return e;
        }
    }
}
