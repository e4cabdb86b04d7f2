package dev.foretell.router.store;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisTimeoutException;

/** Why Redis failed, in few words that are the same each time the reason is. */
final class Reason {
    private static final int LONGEST = 160;

    private Reason() {}

    static String of(Throwable failure) {
        Throwable root = root(failure);
        if (root instanceof TimeoutException || root instanceof RedisTimeoutException) {
            return "no answer in time";
        }
        if (root instanceof RedisConnectionException || root instanceof IOException) {
            return "no connection";
        }
        return firstWords(String.valueOf(root.getMessage()));
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Without what differs each time: Redisson goes on with the command and the channel. */
    private static String firstWords(String message) {
        String words = message.lines().findFirst().orElse("").replaceAll("\\.? (channel|Command|command):.*", "");
        return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    }
}
