package dev.foretell.worker.training.trainer;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The body of a response as bytes; the response fails where there are too many. Confined to the HTTP client, which calls in order. */
final class BoundedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private final int most;
    private Optional<Flow.Subscription> subscription = Optional.empty();
    private long taken;

    private BoundedBody(int most) {
        this.most = most;
    }

    static BodyHandler<byte[]> of(int most) {
        return head -> new BoundedBody(most);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return bytes.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = Optional.of(given);
        bytes.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        taken += pieces.stream().mapToLong(ByteBuffer::remaining).sum();
        if (taken <= most) {
            bytes.onNext(pieces);
        } else {
            subscription.ifPresent(Flow.Subscription::cancel);
            bytes.onError(new IOException("the response has more than " + most + " bytes"));
        }
    }

    @Override
    public void onError(Throwable failure) {
        bytes.onError(failure);
    }

    @Override
    public void onComplete() {
        if (taken <= most) {
            bytes.onComplete();
        }
    }
}
