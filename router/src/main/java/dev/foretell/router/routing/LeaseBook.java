package dev.foretell.router.routing;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * When this router last saw the renewal of each lease, by its own monotonic clock. It never compares the clocks of two
 * machines. Thread-safe.
 */
final class LeaseBook {
    /** @param number the number of the renewal in the store; 0 if it was not read there */
    private record Sighting(long number, String epoch, long nanos) {}

    private final LongSupplier nanoClock;
    private final Map<LeaseKey, Sighting> sightings = new ConcurrentHashMap<>();
    private volatile long graceSinceNanos;

    LeaseBook(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        startGrace();
    }

    /** No lease is older than this moment. */
    void startGrace() {
        graceSinceNanos = nanoClock.getAsLong();
    }

    /** The worker has renewed its leases at this router. */
    void renew(Set<LeaseKey> leases, String epoch) {
        long now = nanoClock.getAsLong();
        leases.forEach(lease -> sightings.merge(
                lease,
                new Sighting(0, epoch, now),
                (known, heard) -> new Sighting(known.number(), epoch.isEmpty() ? known.epoch() : epoch, now)));
    }

    /** A renewal was read from the store. */
    void read(LeaseKey lease, long number, String epoch) {
        sightings.merge(
                lease,
                new Sighting(number, epoch, nanoClock.getAsLong()),
                (known, read) ->
                        read.epoch().isEmpty() ? new Sighting(read.number(), known.epoch(), read.nanos()) : read);
    }

    /** The time since the last renewal; the age of an unknown lease starts now. */
    Duration age(LeaseKey lease) {
        long now = nanoClock.getAsLong();
        return age(sightings.computeIfAbsent(lease, never -> new Sighting(0, "", now)), now);
    }

    /** The same, without starting the age of an unknown lease. */
    Duration ageSoFar(LeaseKey lease) {
        long now = nanoClock.getAsLong();
        Sighting known = sightings.get(lease);
        return known == null ? Duration.ZERO : age(known, now);
    }

    private Duration age(Sighting sighting, long now) {
        long seen = sighting.nanos();
        return Duration.ofNanos(now - (seen - graceSinceNanos > 0 ? seen : graceSinceNanos));
    }

    /** The worker process that renewed the lease; empty if it did not identify itself. */
    String epoch(LeaseKey lease) {
        Sighting known = sightings.get(lease);
        return known == null ? "" : known.epoch();
    }

    /** The leases outside of this set with at least this age, each with the number of its last renewal. */
    Map<LeaseKey, Long> strangers(Set<LeaseKey> held, Duration age) {
        return sightings.entrySet().stream()
                .filter(sighting -> !held.contains(sighting.getKey()))
                .filter(sighting -> age(sighting.getKey()).compareTo(age) > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().number()));
    }

    long number(LeaseKey lease) {
        Sighting known = sightings.get(lease);
        return known == null ? 0 : known.number();
    }

    void forget(Set<LeaseKey> leases) {
        sightings.keySet().removeAll(leases);
    }
}
