package dev.foretell.router.balance;

/** Turns hashes into well-distributed numbers (the finalizer of SplitMix64; Steele, Lea and Flood, 2014). */
public final class SplitMix64 {
    private SplitMix64() {}

    public static long mix(long hash) {
        long z = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** A number greater than 0 and less than 1. */
    public static double unit(long hash) {
        return ((mix(hash) >>> 11) + 0.5) * 0x1.0p-53;
    }
}
