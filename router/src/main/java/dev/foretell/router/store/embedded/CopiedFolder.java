package dev.foretell.router.store.embedded;

import dev.foretell.router.store.embedded.FolderIdentity.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A data folder that is a copy of one in which a router has run.
 *
 * @param from the path of the original
 */
public record CopiedFolder(Path folder, String from) {
    /** Whether a folder is a copy. Once a router has started in it, it is a folder of its own. */
    public static Optional<CopiedFolder> look(Path data) {
        try {
            Path folder = data.toRealPath();
            FolderIdentity now = FolderIdentity.of(folder);
            return FolderIdentity.parse(Files.readString(folder.resolve(FolderIdentity.FILE)))
                    .filter(earlier -> now.since(earlier) == Origin.COPY)
                    .map(earlier -> new CopiedFolder(folder, earlier.path()));
        } catch (IOException nothingRanThere) {
            return Optional.empty();
        }
    }

    /** One sentence about the copy. */
    @Override
    public String toString() {
        return folder.toString().equals(from)
                ? "The data folder " + folder
                        + " is a copy of the one that was here before; the router starts independently, with the"
                        + " copied state and its own Redis"
                : "The data folder " + folder + " is a copy of " + from
                        + "; the router starts independently, with the copied state and"
                        + " its own Redis: changes at one do not affect the other";
    }
}
