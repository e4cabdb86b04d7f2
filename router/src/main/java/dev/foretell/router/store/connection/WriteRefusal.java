package dev.foretell.router.store.connection;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a responding Redis refuses writes. A Redis error starts with a code, but for a command in a script some servers
 * add text before the code or omit it.
 */
enum WriteRefusal {
    OOM("it is out of memory (maxmemory)"),
    READONLY("it is a read-only replica"),
    NOREPLICAS("too few of its replicas are connected (min-replicas-to-write)"),
    NOPERM(
            "its user may not do all that the router does (ACL)",
            "ACL failure in script|user executing the script can't"),
    MISCONF("it cannot save its data to disk"),
    CLUSTERDOWN("its cluster is down"),
    MASTERDOWN("it is a replica that has lost its master"),
    LOADING("it is loading its data"),
    NOAUTH("it requires a password"),
    WRONGPASS("it refuses the password"),
    TRYAGAIN("its cluster is moving the keys"),
    UNKILLABLE("a script holds it up"),
    BUSY("a script holds it up");

    private final String words;
    private final Pattern message;

    WriteRefusal(String words) {
        this(words, "");
    }

    /** @param without the text of a message without a code */
    WriteRefusal(String words, String without) {
        this.words = words;
        this.message = Pattern.compile("(^|[\\s-])" + name() + "\\s" + (without.isEmpty() ? "" : "|" + without));
    }

    /** The reason for operators, without addresses. */
    String words() {
        return words;
    }

    static Optional<WriteRefusal> of(String message) {
        return Arrays.stream(values())
                .filter(refusal -> refusal.message.matcher(message).find())
                .findFirst();
    }
}
