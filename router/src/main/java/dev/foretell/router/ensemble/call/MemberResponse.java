package dev.foretell.router.ensemble.call;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.json.Json;
import dev.foretell.router.ensemble.merge.MergeRule;
import dev.foretell.router.ensemble.merge.ResponseFit;
import dev.foretell.router.upstream.call.MeteredParser;
import dev.foretell.router.upstream.call.PlainBody;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the response of one member as JSON that a rule can merge.
 *
 * @param isExact whether numbers keep all their digits; otherwise those with a fraction are doubles
 */
record MemberResponse(MergeRule rule, MergeMemory memory, boolean isExact) {
    /** The response, and its copy in one array. */
    private static final int COPIES = 2;

    private static final ObjectReader EXACT = Json.MAPPER.reader();
    private static final ObjectReader DOUBLES = EXACT.without(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /**
     * Reads the part of a response that is merged.
     *
     * @param output the field that is merged; null for the whole response
     * @throws ServingException {@link FailureKind#FUNCTION_FAILED} if it does not fit; or as {@link MergeMemory#take}
     */
    JsonNode read(Response response, @Nullable String output) {
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

    private JsonNode json(Response response) {
        long bytes = (long) COPIES * response.body().length() + inflatedBytes(response);
        memory.take(bytes);
        try {
            return tree(PlainBody.of(response.headers(), response.body()));
        } finally {
            memory.giveBack(bytes);
        }
    }

    private static long inflatedBytes(Response response) {
        return PlainBody.isCompressed(response.headers()) ? (long) COPIES * PlainBody.MAX_BYTES : 0;
    }

    private JsonNode tree(byte[] body) {
        try (MeteredParser parser = new MeteredParser(parser(body), memory, isExact)) {
            JsonNode tree = (isExact ? EXACT : DOUBLES).readTree(parser);
            if (tree == null || tree.isMissingNode()) {
                throw misfit("is not JSON");
            }
            memory.addTree(parser.end());
            return tree;
        } catch (IOException notJson) {
            throw misfit("is not JSON");
        }
    }

    private static JsonParser parser(byte[] body) {
        try {
            return Json.parser(body);
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
