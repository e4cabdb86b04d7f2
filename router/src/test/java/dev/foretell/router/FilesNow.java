package dev.foretell.router;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Lists a folder that others work in: a file that vanishes meanwhile is not there, where {@link Files#walk} fails. */
final class FilesNow extends SimpleFileVisitor<Path> {
    private final List<Path> files = new ArrayList<>();

    private FilesNow() {}

    /** All files below, sorted. */
    static List<Path> below(Path folder) throws IOException {
        FilesNow now = new FilesNow();
        Files.walkFileTree(folder, now);
        return now.files.stream().sorted().toList();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        files.add(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
        if (Files.exists(file)) {
            throw gone;
        }
        return FileVisitResult.CONTINUE;
    }
}
