package dev.foretell.router.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Distinguishes a data folder from its copies: written at each start, compared at the next one. A folder keeps its
 * inode when it is renamed or mounted elsewhere; a copy next to it has another inode. The device number may change when
 * the machine boots; within one boot it detects the clone of a whole disk.
 *
 * @param id a random id for people and logs
 * @param boot the boot id of the machine; empty if unknown
 */
public record FolderIdentity(String id, String path, String inode, String device, String boot) {
    public static final String FILE = "folder.identity";

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** The origin of a folder by its identity file. */
    enum Origin {
        /** No router that writes identities has run in it. */
        UNKNOWN,
        /** The folder in which the router ran before. */
        SAME,
        /** The same folder with another path. */
        MOVED,
        /** A copy of the folder in which the router ran. */
        COPY
    }

    /** A new identity for the current folder. */
    static FolderIdentity of(Path folder) throws IOException {
        boolean isUnix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
        Map<String, Object> attributes = isUnix ? Files.readAttributes(folder, "unix:ino,dev") : Map.of();
        return new FolderIdentity(
                UUID.randomUUID().toString(),
                folder.toString(),
                String.valueOf(attributes.getOrDefault("ino", "")),
                String.valueOf(attributes.getOrDefault("dev", "")),
                Files.isReadable(BOOT) ? Files.readString(BOOT).strip() : "");
    }

    /** Parses an identity; empty if it is incomplete. */
    static Optional<FolderIdentity> parse(String text) {
        Map<String, String> lines = text.lines()
                .map(line -> line.split(" ", 2))
                .filter(line -> line.length == 2)
                .collect(Collectors.toMap(line -> line[0], line -> line[1], (first, second) -> first));
        return lines.containsKey("id") && lines.containsKey("path")
                ? Optional.of(new FolderIdentity(
                        lines.get("id"),
                        lines.get("path"),
                        lines.getOrDefault("inode", ""),
                        lines.getOrDefault("device", ""),
                        lines.getOrDefault("boot", "")))
                : Optional.empty();
    }

    String text() {
        return String.format(
                Locale.ROOT, "id %s\npath %s\ninode %s\ndevice %s\nboot %s\n", id, path, inode, device, boot);
    }

    /** The origin of a folder that has the identity {@code earlier} in its file and this identity now. */
    Origin since(FolderIdentity earlier) {
        boolean sameName = path.equals(earlier.path);
        if (!inode.equals(earlier.inode)) {
            return Origin.COPY;
        }
        if (device.equals(earlier.device) && !inode.isEmpty()) {
            return sameName ? Origin.SAME : Origin.MOVED;
        }
        boolean sameBoot = boot.equals(earlier.boot) && !boot.isEmpty();
        return sameName && !sameBoot ? Origin.SAME : Origin.COPY;
    }

    FolderIdentity withId(String known) {
        return new FolderIdentity(known, path, inode, device, boot);
    }
}
