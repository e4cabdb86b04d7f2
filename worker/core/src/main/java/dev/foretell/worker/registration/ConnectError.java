package dev.foretell.worker.registration;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Why a router could not be reached, in plain words instead of the system's. A router's own message stays unchanged.
 */
final class ConnectError extends IOException {
    private static final long serialVersionUID = 1L;

    private ConnectError(String words, Throwable cause) {
        super(words, cause);
    }

    /** @param timeout how long the worker waited */
    static Throwable explain(Throwable failure, Duration timeout) {
        if (failure instanceof TimeoutException || failure instanceof ConnectTimeoutException) {
            return new ConnectError("no answer from the router within " + timeout.toMillis() + " ms", failure);
        }
        if (failure instanceof UnknownHostException) {
            return new ConnectError("its host name is unknown", failure);
        }
        if (failure instanceof NoRouteToHostException) {
            return new ConnectError("there is no way to its host", failure);
        }
        if (failure instanceof ConnectException) {
            return new ConnectError("nothing listens there", failure);
        }
        return failure instanceof IOException && !(failure instanceof SSLException)
                ? new ConnectError("it broke the connection off", failure)
                : failure;
    }
}
