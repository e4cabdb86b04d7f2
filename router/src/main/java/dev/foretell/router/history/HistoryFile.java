package dev.foretell.router.history;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a history over a restart: a file that is replaced as a whole, with a checksum at its end. A file that is torn, or of
 * another program, is ignored.
 */
public record HistoryFile(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);
    private static final long MARK = 0x466f726574656c6cL; // Foretell
    private static final int VERSION = 1;

    /** Saves the history. Models that come or go meanwhile may be left out. */
    public void save(History history) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Path half = path.resolveSibling(path.getFileName() + ".unfinished");
        try (FileOutputStream file = new FileOutputStream(half.toFile())) {
            Deflater fast = new Deflater(Deflater.BEST_SPEED);
            try {
                DeflaterOutputStream packed = new DeflaterOutputStream(new BufferedOutputStream(file), fast);
                CheckedOutputStream checked = new CheckedOutputStream(packed, new CRC32());
                DataOutputStream out = new DataOutputStream(checked);
                write(history, out);
                out.writeLong(checked.getChecksum().getValue());
                packed.finish();
                out.flush();
                file.getFD().sync();
            } finally {
                fast.end();
            }
        }
        Files.move(half, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(History history, DataOutputStream out) throws IOException {
        out.writeLong(MARK);
        out.writeInt(VERSION);
        out.writeInt(history.bytesPerModel());
        out.write(history.bytes(null));
        for (String model : history.names()) {
            byte[] rings = history.bytes(model);
            if (rings.length > 0) {
                out.writeUTF(model);
                out.write(rings);
            }
        }
        out.writeUTF("");
    }

    /** Restores the history. Without a usable file it stays as it is. */
    public void load(History history) {
        if (!Files.exists(path)) {
            return;
        }
        try {
            Map<String, byte[]> saved = read(history.bytesPerModel());
            saved.forEach((model, rings) -> history.restore(model.isEmpty() ? null : model, rings));
        } catch (IOException | RuntimeException e) {
            LOG.warn("The history of calls in {} cannot be read and starts anew: {}", path, e.toString());
        }
    }

    private Map<String, byte[]> read(int length) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path))) {
            CheckedInputStream checked = new CheckedInputStream(new InflaterInputStream(file), new CRC32());
            DataInputStream in = new DataInputStream(checked);
            if (in.readLong() != MARK || in.readInt() != VERSION || in.readInt() != length) {
                throw new IOException("it is of another version or program");
            }
            Map<String, byte[]> saved = new LinkedHashMap<>();
            String model = "";
            do {
                byte[] rings = new byte[length];
                in.readFully(rings);
                saved.put(model, rings);
                model = in.readUTF();
            } while (!model.isEmpty() && saved.size() <= History.MAX_MODELS);
            long sum = checked.getChecksum().getValue();
            if (!model.isEmpty() || in.readLong() != sum) {
                throw new IOException("its checksum is wrong");
            }
            return saved;
        }
    }
}
