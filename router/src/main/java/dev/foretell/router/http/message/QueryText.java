package dev.foretell.router.http.message;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import io.vertx.core.MultiMap;
import java.util.Arrays;

/** Checks the parameters of a URL's query, so that a misspelt one does not go unnoticed. */
public final class QueryText {
    private QueryText() {}

    /**
     * Returns the parameters.
     *
     * @param known the allowed names
     * @throws ServingException {@link FailureKind#INVALID_INPUT} for any other name
     */
    public static MultiMap require(MultiMap parameters, String... known) {
        for (String name : parameters.names()) {
            if (Arrays.stream(known).noneMatch(name::equalsIgnoreCase)) {
                throw new ServingException(
                        FailureKind.INVALID_INPUT,
                        "there is no parameter '" + NearestNames.abbreviate(name) + "' here"
                                + (known.length == 0 ? "" : ", only " + String.join(", ", known)));
            }
        }
        return parameters;
    }
}
