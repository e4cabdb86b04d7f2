package dev.foretell.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallerMemoryTest {
    private final EdgeMemory memory = EdgeMemory.of(1000, 100_000);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final RequestDecoder decoder =
            new RequestDecoder(new HttpServerOptions(), channel.pipeline(), Duration.ofSeconds(10));
    private final CallerMemory caller = new CallerMemory(channel, decoder, memory);

    @Test
    void bodiesFitUntilTheirShareIsFull() {
        CallerMemory another = new CallerMemory(channel, decoder, memory);

        assertThat(caller.holdBody(600)).isTrue();
        assertThat(another.holdBody(600)).isFalse();
        assertThat(another.holdBody(400)).isTrue();
    }

    @Test
    void aBodyThatIsDroppedMakesRoom() {
        caller.holdBody(900);
        caller.dropBody();
        caller.drop();

        assertThat(caller.holdBody(1000)).isTrue();
    }

    @Test
    void aBodyThatGrowsIsHeldOnce() {
        caller.holdBody(300);
        caller.holdBody(600);

        assertThat(caller.holdBody(1000)).isTrue();
    }

    @Test
    void aCallerThatLeavesMuchUnreadIsClosedWhileMemoryIsShort() {
        memory.buffers().add(90_000);
        channel.write(io.netty.buffer.Unpooled.wrappedBuffer(new byte[70_000]));

        caller.look();

        assertThat(channel.isOpen()).isFalse();
    }
}
