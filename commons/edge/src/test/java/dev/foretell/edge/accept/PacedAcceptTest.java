package dev.foretell.edge.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacedAcceptTest {
    private final PausedAccept pause = new PausedAccept();
    private boolean haveLeft;
    private final EmbeddedChannel listening =
            new EmbeddedChannel(pause, new PacedAccept(pause, caller -> haveLeft), new ChannelInboundHandlerAdapter());

    private List<EmbeddedChannel> accept(int callers) {
        return new ArrayList<>(IntStream.range(0, callers)
                .mapToObj(i -> new EmbeddedChannel())
                .peek(listening::writeInbound)
                .toList());
    }

    private boolean accepts() {
        listening.runPendingTasks();
        return listening.config().isAutoRead();
    }

    private static void takeOn(List<EmbeddedChannel> callers) {
        callers.forEach(caller -> caller.pipeline().fireChannelReadComplete());
    }

    @Test
    void acceptsNoMoreUntilTheLoopsHaveTakenSomeOn() {
        List<EmbeddedChannel> callers = accept(PacedAccept.MAX_NEW);

        assertThat(accepts()).isFalse();
        takeOn(callers.subList(0, PacedAccept.MAX_NEW / 2 - 1));
        assertThat(accepts()).isFalse();
        takeOn(callers.subList(PacedAccept.MAX_NEW / 2 - 1, PacedAccept.MAX_NEW / 2));
        assertThat(accepts()).isTrue();
    }

    @Test
    void oneThatIsTakenOnIsLookedAtNoMore() {
        EmbeddedChannel caller = accept(1).get(0);

        takeOn(List.of(caller));
        takeOn(List.of(caller));
        caller.close();

        assertThat(caller.pipeline().get(FirstTurn.class)).isNull();
        accept(PacedAccept.MAX_NEW - 1);
        assertThat(accepts()).isTrue();
        accept(1);
        assertThat(accepts()).isFalse();
    }

    @Test
    void whoSaysNothingHoldsNobodyUp() {
        List<EmbeddedChannel> silent = accept(PacedAccept.MAX_NEW);

        silent.forEach(caller -> {
            caller.advanceTimeBy(1, TimeUnit.SECONDS);
            caller.runScheduledPendingTasks();
        });

        assertThat(accepts()).isTrue();
    }

    @Test
    void whoCloseHoldNobodyUp() {
        accept(PacedAccept.MAX_NEW).forEach(EmbeddedChannel::close);

        assertThat(accepts()).isTrue();
    }

    @Test
    void whoHasLeftIsDroppedOnlyWhileManyWait() {
        haveLeft = true;

        List<EmbeddedChannel> callers = accept(PacedAccept.MAX_NEW);

        assertThat(callers).filteredOn(EmbeddedChannel::isOpen).hasSize(PacedAccept.MAX_NEW / 4);
        assertThat(accepts()).isTrue();
    }

    @Test
    void itRestsForAsLongAsThereIsAReason() {
        List<EmbeddedChannel> callers = accept(PacedAccept.MAX_NEW);
        listening.pipeline().fireExceptionCaught(new IOException("too many open files"));

        takeOn(callers);
        assertThat(accepts()).isFalse();
        listening.advanceTimeBy(2, TimeUnit.SECONDS);
        listening.runScheduledPendingTasks();
        assertThat(accepts()).isTrue();
    }
}
