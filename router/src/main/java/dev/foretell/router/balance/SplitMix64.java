package dev.foretell.router.balance;

/** Makes numbers that look random out of hashes that do not (the finalizer of SplitMix64; Steele, Lea and Flood, 2014). */
public final class SplitMix64 {
    private SplitMix64() {}

    public static long mix(long hash) {
        long z = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Over 0 and under 1. */
    public static double unit(long hash) {
        return ((mix(hash) >>> 11) + 0.5) * 0x1.0p-53;
    }
}
