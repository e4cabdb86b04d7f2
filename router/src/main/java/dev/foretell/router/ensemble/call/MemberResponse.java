package dev.foretell.router.ensemble.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.json.Json;
import dev.foretell.router.ensemble.merge.MergeRule;
import dev.foretell.router.ensemble.merge.ResponseFit;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseStream;
import org.jspecify.annotations.Nullable;

/** The response of one member as JSON that a rule can merge. */
final class MemberResponse {
    private MemberResponse() {}

    /**
     * Reads the part of a response that is merged.
     *
     * @param output the field that is merged; null for the whole response
     * @throws ServingException {@link FailureKind#FUNCTION_FAILED} if it does not fit
     */
    static JsonNode read(Response response, @Nullable String output, MergeRule rule) {
        JsonNode answer = select(json(response), output);
        ResponseFit.misfit(rule, answer).ifPresent(why -> {
            throw misfit(why);
        });
        return answer;
    }

    /** On the event loop: nobody reads a stream. */
    static boolean isStream(Response response) {
        ResponseStream rest = response.rest();
        if (rest != null) {
            rest.giveUp(ResponseStream.End.CANCELLED);
        }
        return rest != null;
    }

    private static JsonNode json(Response response) {
        try {
            return Json.readTree(response.body().getBytes());
        } catch (ServingException notJson) {
            throw misfit("is not JSON");
        }
    }

    private static JsonNode select(JsonNode response, @Nullable String output) {
        if (output == null) {
            return response;
        }
        JsonNode selected = response.get(output);
        if (selected == null) {
            throw misfit("has no field '" + NearestNames.abbreviate(output) + "'");
        }
        return selected;
    }

    /** @param why the end of a sentence on the response */
    static ServingException misfit(String why) {
        return new ServingException(FailureKind.FUNCTION_FAILED, "the response " + why);
    }
}
