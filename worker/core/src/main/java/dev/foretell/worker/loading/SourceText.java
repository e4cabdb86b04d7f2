package dev.foretell.worker.loading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.SimpleJavaFileObject;

/** A source file for the compiler; its public class may have any name. */
final class SourceText extends SimpleJavaFileObject {
    private final Path file;

    SourceText(Path file) {
        super(file.toUri(), Kind.SOURCE);
        this.file = file;
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
        return kind == Kind.SOURCE;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
        return Files.readString(file);
    }
}
