package dev.foretell.router.predict.hedge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits hedges to a share of the calls: each call adds that share of a token, and each hedge costs a whole one.
 * Only a few tokens are saved up, so that a quiet hour allows no burst. Thread-safe.
 */
public final class HedgeTokens {
    private static final long TOKEN = 1_000_000;
    private static final long MAX_SAVED = 10 * TOKEN;

    private final AtomicLong saved = new AtomicLong();
    private final long perCall;

    HedgeTokens(double share) {
        this.perCall = (long) (share * TOKEN);
    }

    public void earn() {
        if (saved.get() < MAX_SAVED) {
            saved.addAndGet(perCall);
        }
    }

    boolean take() {
        long now = saved.get();
        while (now >= TOKEN) {
            if (saved.compareAndSet(now, now - TOKEN)) {
                return true;
            }
            now = saved.get();
        }
        return false;
    }

    /** The hedge was not sent. */
    void giveBack() {
        saved.addAndGet(TOKEN);
    }
}
