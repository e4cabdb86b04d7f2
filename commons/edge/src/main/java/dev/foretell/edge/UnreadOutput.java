package dev.foretell.edge;

import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/** The output of a connection that the caller has not read, and its progress. Confined to its event loop. */
final class UnreadOutput {
    /** The change since the last check. */
    enum Progress {
        NONE,
        BEING_TAKEN,
        LEFT
    }

    private int first;
    private long ofFirst;

    /** Only bytes that leave are progress; added output is not. */
    Progress look(@Nullable ChannelOutboundBuffer output) {
        if (output == null || output.isEmpty()) {
            first = 0;
            return Progress.NONE;
        }
        int firstNow = System.identityHashCode(output.current());
        long ofFirstNow = output.currentProgress();
        boolean isLeft = firstNow == first && ofFirstNow == ofFirst;
        first = firstNow;
        ofFirst = ofFirstNow;
        return isLeft ? Progress.LEFT : Progress.BEING_TAKEN;
    }
}
