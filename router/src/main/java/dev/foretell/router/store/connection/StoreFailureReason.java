package dev.foretell.router.store.connection;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisTimeoutException;

/**
 * Why Redis failed, in few words that are the same each time the reason is.
 *
 * @param isAbsence whether Redis said nothing at all, rather than no
 * @param refusal why it takes no writes, where it said so
 */
public record StoreFailureReason(
        String words, boolean isAbsence, @Nullable WriteRefusal refusal) {
    private static final int MAX = 160;

    public static StoreFailureReason of(Throwable failure) {
        Throwable root = root(failure);
        if (root instanceof TimeoutException || root instanceof RedisTimeoutException) {
            return new StoreFailureReason("no answer in time", true, null);
        }
        String message = String.valueOf(root.getMessage());
        if (message.startsWith("Can't decode")) {
            return new StoreFailureReason("what answers there is no Redis", true, null);
        }
        Optional<WriteRefusal> refusal = refusal(root, message);
        if (refusal.isPresent()) {
            return new StoreFailureReason(refusal.get().words(), false, refusal.get());
        }
        boolean isAbsence = root instanceof RedisConnectionException || root instanceof IOException;
        return new StoreFailureReason(
                root.getMessage() == null ? "no connection" : firstWords(message), isAbsence, null);
    }

    /** Redisson takes the code away from this one alone. */
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

    /** Without what differs each time: Redis begins with the script, Redisson goes on with the command and the channel. */
    private static String firstWords(String message) {
        String words = message.lines()
                .findFirst()
                .orElse("")
                .replaceAll("^ERR Error running script.*?@user_script: ?\\d+: ", "")
                .replaceAll("\\.? (channel|Command|command):.*", "");
        return words.length() > MAX ? words.substring(0, MAX) + "…" : words;
    }
}
