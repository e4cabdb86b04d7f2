package dev.foretell.worker.onnx.shelf;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folders that hosts of this process hold. Testing a lock of one's own process would release it: systems drop a file's locks
 * when any of its handles is closed. Thread-safe.
 */
final class HeldFolders {
    private static final Set<Path> ALL = ConcurrentHashMap.newKeySet();

    private HeldFolders() {}

    static void add(Path folder) {
        ALL.add(folder);
    }

    static boolean has(Path folder) {
        return ALL.contains(folder);
    }

    static void remove(Path folder) {
        ALL.remove(folder);
    }
}
