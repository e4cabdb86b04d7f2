package dev.foretell.client;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.client.StreamFormat.Frame;
import dev.foretell.client.failure.BrokenStreamException;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The items of a stream, each read when it is asked for. */
final class ItemReader<T> extends AbstractSpliterator<T> {
    private final PieceQueue pieces;
    private final LineReader lines;
    private final StreamFormat format;
    private final ResultReader results;
    private final JavaType type;
    private @Nullable Frame following;

    ItemReader(PieceQueue pieces, StreamFormat format, ResultReader results, JavaType type) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.pieces = pieces;
        this.lines = new LineReader(pieces, results.maxBytes());
        this.format = format;
        this.results = results;
        this.type = type;
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        Frame frame = following == null ? next() : following;
        following = null;
        if (frame == null) {
            return false;
        }
        if (frame.isError()) {
            throw broken(frame, null);
        }
        if (format == StreamFormat.LINES && saysError(frame)) {
            followed(frame);
        }
        action.accept(results.read(frame.json(), type, pieces.requestId()));
        return true;
    }

    private @Nullable Frame next() {
        pieces.expectItem();
        return format.next(lines);
    }

    /** A line that is like the last words of a stream: it is, if the stream breaks off behind it. */
    private void followed(Frame frame) {
        try {
            following = next();
        } catch (BrokenStreamException e) {
            throw broken(frame, e);
        }
    }

    private boolean saysError(Frame frame) {
        JsonNode item = results.tree(frame.json());
        return item.path("error").isTextual() && item.size() <= (item.has("requestId") ? 2 : 1);
    }

    private BrokenStreamException broken(Frame frame, @Nullable Throwable cause) {
        pieces.close();
        JsonNode words = results.tree(frame.json());
        return new BrokenStreamException(
                words.path("error").asText("the stream broke off"),
                words.path("requestId").asText(pieces.requestId()),
                cause);
    }
}
