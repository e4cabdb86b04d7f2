package dev.foretell.edge.accept;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.transport.Transport;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A Vert.x transport with listening sockets that accept connections no faster than the event loops can take them, and
 * that pause if accepting fails.
 */
public record EdgeTransport(String name, Transport implementation) implements io.vertx.core.transport.Transport {
    @Override
    public boolean available() {
        return implementation.isAvailable();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return implementation.unavailabilityCause();
    }

    @Override
    public Transport implementation() {
        return new Resting(implementation);
    }

    @SuppressWarnings("deprecation")
    private record Resting(Transport as) implements Transport {
        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
            ChannelFactory<? extends ServerChannel> factory = as.serverChannelFactory(domainSocket);
            return () -> withPauses(factory.newChannel());
        }

        private static ServerChannel withPauses(ServerChannel listening) {
            PausedAccept pause = new PausedAccept();
            listening.pipeline().addLast(pause, new PacedAccept(pause, departures(listening)));
            return listening;
        }

        /** The other transports cannot tell. */
        private static Predicate<Channel> departures(ServerChannel listening) {
            return listening.getClass().getSimpleName().startsWith("Epoll") ? new EpollDisconnects() : caller -> false;
        }

        @Override
        public boolean supportsDomainSockets() {
            return as.supportsDomainSockets();
        }

        @Override
        public boolean supportFileRegion() {
            return as.supportFileRegion();
        }

        @Override
        public boolean isAvailable() {
            return as.isAvailable();
        }

        @Override
        public @Nullable Throwable unavailabilityCause() {
            return as.unavailabilityCause();
        }

        @Override
        public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
            return as.convert(address);
        }

        @Override
        public io.vertx.core.net.@Nullable SocketAddress convert(SocketAddress address) {
            return as.convert(address);
        }

        @Override
        public IoHandlerFactory ioHandlerFactory() {
            return as.ioHandlerFactory();
        }

        @Override
        public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
            return as.eventLoopGroup(type, threads, factory, ioRatio);
        }

        @Override
        public DatagramChannel datagramChannel() {
            return as.datagramChannel();
        }

        @Override
        public DatagramChannel datagramChannel(InternetProtocolFamily family) {
            return as.datagramChannel(family);
        }

        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            return as.channelFactory(domainSocket);
        }

        @Override
        public void configure(DatagramChannel channel, DatagramSocketOptions options) {
            as.configure(channel, options);
        }

        @Override
        public void configure(
                ClientOptionsBase options, int connectTimeout, boolean domainSocket, Bootstrap bootstrap) {
            as.configure(options, connectTimeout, domainSocket, bootstrap);
        }

        @Override
        public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
            as.configure(options, domainSocket, bootstrap);
        }
    }
}
