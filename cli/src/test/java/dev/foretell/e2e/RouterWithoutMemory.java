package dev.foretell.e2e;

import dev.foretell.cli.Foretell;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The command, in a process in which all direct memory is taken as soon as something comes on stdin. */
final class RouterWithoutMemory {
    private static final int BYTES = 16 * 1024;

    private final List<ByteBuf> taken = new ArrayList<>();

    private RouterWithoutMemory() {}

    public static void main(String[] args) {
        Thread taker = new Thread(new RouterWithoutMemory()::takeAllWhenTold, "taker");
        taker.setDaemon(true);
        taker.start();
        Foretell.main(args);
    }

    private void takeAllWhenTold() {
        try {
            if (System.in.read() >= 0) {
                takeAll();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void takeAll() {
        boolean isMore = true;
        while (isMore) {
            isMore = take();
        }
    }

    private boolean take() {
        try {
            taken.add(Unpooled.directBuffer(BYTES));
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }
}
