package dev.foretell.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The ways in which items are put one after the other. */
enum StreamFormat {
    /** One JSON value per line. */
    LINES {
        @Override
        @Nullable
        Frame next(LineReader lines) {
            byte[] line = lines.next();
            while (line != null && new String(line, StandardCharsets.UTF_8).isBlank()) {
                line = lines.next();
            }
            return line == null ? null : new Frame(line, false);
        }
    },
    /** Server-sent events. */
    EVENTS {
        @Override
        @Nullable
        Frame next(LineReader lines) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            boolean isError = false;
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                String text = new String(line, StandardCharsets.UTF_8);
                if (text.isEmpty() && content.size() > 0) {
                    return new Frame(content.toByteArray(), isError);
                }
                if (text.startsWith("data:")) {
                    content.writeBytes((content.size() == 0 ? "" : "\n").getBytes(StandardCharsets.UTF_8));
                    content.writeBytes(value(text).getBytes(StandardCharsets.UTF_8));
                    lines.bound(content.size());
                } else if (text.startsWith("event:")) {
                    isError = value(text).equals("error");
                }
            }
            return null; // an event without its blank line is not complete
        }
    },
    /** One value, of a function that does not stream. */
    WHOLE {
        @Override
        @Nullable
        Frame next(LineReader lines) {
            byte[] all = lines.rest();
            return all.length == 0 ? null : new Frame(all, false);
        }
    };

    /** An item as it arrived. */
    record Frame(byte[] json, boolean isError) {}

    static StreamFormat of(String mediaType) {
        if (mediaType.startsWith("application/x-ndjson")) {
            return LINES;
        }
        return mediaType.startsWith("text/event-stream") ? EVENTS : WHOLE;
    }

    /** The next item; null after the last. */
    abstract @Nullable Frame next(LineReader lines);

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }
}
