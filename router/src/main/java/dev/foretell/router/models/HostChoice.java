package dev.foretell.router.models;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.balance.SplitMix64;
import dev.foretell.router.upstream.pool.StableHash;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Chooses the hosts of a model file by rendezvous hashing (Thaler and Ravishankar, 1998): each host has a score for
 * each file, and the hosts with the highest scores hold the file. When a host joins or leaves, only its own files move.
 */
final class HostChoice {
    private HostChoice() {}

    /**
     * Chooses this number of hosts among those that are ready and have enough memory. If none of these is ready, it
     * chooses among all hosts with enough memory; if no host has enough, among all. Each result is a worker with the
     * file as its function.
     */
    static List<WorkerEntry> of(
            ModelVersion version, List<WorkerEntry> hosts, Set<WorkerId> ready, HostMemory memory, int replicas) {
        String digest = version.digest();
        List<WorkerEntry> large = orAll(hosts, host -> memory.fits(host.id(), version.memory()));
        return orAll(large, host -> ready.contains(host.id())).stream()
                .sorted(Comparator.comparingLong((WorkerEntry host) -> score(digest, host))
                        .reversed())
                .limit(replicas)
                .sorted(Comparator.comparing(host -> host.id().toString()))
                .map(host -> new WorkerEntry(
                        host.host(),
                        host.port(),
                        host.localWorkerId(),
                        Hosting.predictFunction(digest),
                        host.weight(),
                        host.leaseMs()))
                .toList();
    }

    private static List<WorkerEntry> orAll(List<WorkerEntry> hosts, Predicate<WorkerEntry> wanted) {
        List<WorkerEntry> some = hosts.stream().filter(wanted).toList();
        return some.isEmpty() ? hosts : some;
    }

    private static long score(String digest, WorkerEntry host) {
        return SplitMix64.mix(StableHash.of(digest + " " + host.id()));
    }
}
