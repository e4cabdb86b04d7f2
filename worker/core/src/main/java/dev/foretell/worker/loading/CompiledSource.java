package dev.foretell.worker.loading;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The top-level classes of a source file, in order, and the first sentences of its methods' Javadoc. */
record CompiledSource(List<Class<?>> classes, Map<String, String> docs) {
    CompiledSource {
        classes = List.copyOf(classes);
        docs = Map.copyOf(docs);
    }

    @Nullable
    String doc(String method) {
        return docs.get(method);
    }
}
