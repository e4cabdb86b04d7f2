package dev.foretell.edge.accept;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.util.function.Predicate;

/**
 * Asks the kernel whether a caller has closed or reset its connection (tcp(7), TCP_INFO). A caller that has closed only
 * its sending half looks the same. Use it from one thread.
 */
final class EpollDisconnects implements Predicate<Channel> {
    private static final int TCP_CLOSE = 7;
    private static final int TCP_CLOSE_WAIT = 8;

    private final EpollTcpInfo info = new EpollTcpInfo();

    @Override
    public boolean test(Channel caller) {
        return caller instanceof EpollSocketChannel socket && isOver(stateOf(socket));
    }

    private static boolean isOver(int state) {
        return state == TCP_CLOSE || state == TCP_CLOSE_WAIT;
    }

    private int stateOf(EpollSocketChannel socket) {
        try {
            return socket.tcpInfo(info).state();
        } catch (ChannelException e) {
            return TCP_CLOSE;
        }
    }
}
