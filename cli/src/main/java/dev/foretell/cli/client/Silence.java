package dev.foretell.cli.client;

import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Explains a missing response from a router. */
final class Silence {
    private Silence() {}

    static String why(String url, @Nullable Throwable failure) {
        if (failure instanceof SSLException) {
            return "what listens at " + url + " does not speak HTTPS as it should: is it http://?";
        }
        if (failure != null && isOfName(failure)) {
            return "no host has the name in " + url;
        }
        return failure instanceof ConnectException
                ? "nothing answers at " + url + "; start a router with: foretell router, or name one with --router"
                : "no answer came from " + url + ", or it broke off: is a router there?";
    }

    private static boolean isOfName(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof UnresolvedAddressException || (cause != null && isOfName(cause));
    }
}
