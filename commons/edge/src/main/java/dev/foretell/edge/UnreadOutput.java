package dev.foretell.edge;

import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/** What of a connection's output the caller has not taken, and whether it takes it. Confined to its event loop. */
final class UnreadOutput {
    /** What has become of it since the last look. */
    enum Progress {
        NONE,
        BEING_TAKEN,
        LEFT
    }

    private int first;
    private long ofFirst;

    /** Output that is added is no progress; only what goes is. */
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
