package dev.foretell.worker.onnx.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The ONNX Runtime environment of this process, created on demand. We unpack its libraries and delete them after
 * loading; the runtime itself would leave a folder behind at every start.
 */
final class NativeRuntime {
    private static final String PATH = "onnxruntime.native.path";
    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private NativeRuntime() {}

    /** Created at the first use. */
    private static final class Holder {
        private static final OrtEnvironment ENVIRONMENT = load();
    }

    static OrtEnvironment environment() {
        return Holder.ENVIRONMENT;
    }

    private static OrtEnvironment load() {
        if (System.getProperty(PATH) != null) {
            return open();
        }
        try {
            Path folder = Files.createTempDirectory("foretell-onnx-");
            try {
                for (String library : LIBRARIES) {
                    unpack(library, folder);
                }
                System.setProperty(PATH, folder.toString());
                return open();
            } finally {
                System.clearProperty(PATH);
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("ONNX Runtime could not be unpacked", e);
        }
    }

    private static OrtEnvironment open() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "foretell");
    }

    private static void unpack(String library, Path folder) throws IOException {
        String file = System.mapLibraryName(library);
        try (InputStream in = OrtEnvironment.class.getResourceAsStream("native/" + platform() + "/" + file)) {
            if (in == null) {
                throw new IllegalStateException("ONNX Runtime has no build for " + platform());
            }
            Files.copy(in, folder.resolve(file));
        }
    }

    private static void delete(Path folder) {
        try {
            for (String library : LIBRARIES) {
                Files.deleteIfExists(folder.resolve(System.mapLibraryName(library)));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // If a library in use cannot be deleted, it is deleted at exit.
            folder.toFile().deleteOnExit();
        }
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "");
        return (system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux")
                + (processor.equals("aarch64") ? "-aarch64" : "-x64");
    }
}
