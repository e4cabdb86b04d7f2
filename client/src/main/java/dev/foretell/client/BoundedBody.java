package dev.foretell.client;

import dev.foretell.client.failure.UnreadableResponseException;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Reads a body whole, up to a bound. Called by one thread at a time. */
final class BoundedBody implements BodySubscriber<Received> {
    private final int maxBytes;
    private final String requestId;
    private final CompletableFuture<Received> body = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable Subscription connection;

    BoundedBody(int maxBytes, String requestId) {
        this.maxBytes = maxBytes;
        this.requestId = requestId;
    }

    @Override
    public CompletionStage<Received> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        connection = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            if (bytes.size() + piece.remaining() > maxBytes) {
                refuse();
                return;
            }
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.writeBytes(copy);
        }
    }

    private void refuse() {
        Subscription broken = connection;
        if (broken != null) {
            broken.cancel();
        }
        body.completeExceptionally(tooLarge(maxBytes, requestId));
    }

    static UnreadableResponseException tooLarge(int maxBytes, String requestId) {
        return new UnreadableResponseException(
                "the response has more than " + maxBytes + " bytes: raise maxResponseBytes", requestId, null);
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(Received.whole(bytes.toByteArray()));
    }
}
