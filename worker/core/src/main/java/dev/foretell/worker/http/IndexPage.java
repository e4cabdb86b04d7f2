package dev.foretell.worker.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.foretell.commons.identity.OwnVersion;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.worker.function.FunctionSource;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.function.binding.FunctionJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The response of {@code GET /}, in firefly's format. */
final class IndexPage {
    private IndexPage() {}

    static byte[] of(List<ServedFunction> functions, FunctionSource source, String epoch) {
        Map<String, WorkerIndex.Function> described = new LinkedHashMap<>();
        functions.forEach(function -> described.put(function.name(), function.describe()));
        try {
            return FunctionJson.MAPPER.writeValueAsBytes(
                    new WorkerIndex("foretell", OwnVersion.TEXT, described, hosts(source), epoch, true));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WorkerIndex.@Nullable Batch hosts(FunctionSource source) {
        return source.batchMax() > 0 ? new WorkerIndex.Batch(source.batchMax(), source.memoryBytes()) : null;
    }
}
