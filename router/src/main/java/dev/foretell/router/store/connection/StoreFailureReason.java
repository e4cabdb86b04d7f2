package dev.foretell.router.store.connection;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisTimeoutException;

/**
 * Why Redis failed, in a few words that are the same for the same reason.
 *
 * @param isAbsence whether Redis did not respond at all, rather than refuse
 * @param refusal why it refuses writes, if it tells
 */
public record StoreFailureReason(
        String words, boolean isAbsence, @Nullable WriteRefusal refusal) {
    private static final int MAX = 160;

    public static StoreFailureReason of(Throwable failure) {
        Throwable root = root(failure);
        if (root instanceof TimeoutException || root instanceof RedisTimeoutException) {
            return new StoreFailureReason("it did not respond in time", true, null);
        }
        String message = String.valueOf(root.getMessage());
        if (message.startsWith("Can't decode")) {
            return new StoreFailureReason("the server at this address is not a Redis", true, null);
        }
        Optional<WriteRefusal> refusal = refusal(root, message);
        if (refusal.isPresent()) {
            return new StoreFailureReason(refusal.get().words(), false, refusal.get());
        }
        boolean isAbsence = root instanceof RedisConnectionException || root instanceof IOException;
        return new StoreFailureReason(
                root.getMessage() == null ? "no connection" : firstWords(message), isAbsence, null);
    }

    /** Redisson removes the code only from this error. */
    private static Optional<WriteRefusal> refusal(Throwable root, String message) {
        return root instanceof RedisOutOfMemoryException ? Optional.of(WriteRefusal.OOM) : WriteRefusal.of(message);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /**
     * Removes the parts that differ each time: Redis starts with the script, Redisson appends the command and the
     * channel.
     */
    private static String firstWords(String message) {
        String words = message.lines()
                .findFirst()
                .orElse("")
                .replaceAll("^ERR Error running script.*?@user_script: ?\\d+: ", "")
                .replaceAll("\\.? (channel|Command|command):.*", "");
        return words.length() > MAX ? words.substring(0, MAX) + "…" : words;
    }
}
