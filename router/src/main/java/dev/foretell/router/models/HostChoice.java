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
 * Chooses the hosts of a model file by rendezvous hashing (Thaler and Ravishankar, 1998): each host has a score for each file,
 * and the highest hold it, so that a host that comes or goes moves its own files only.
 */
final class HostChoice {
    private HostChoice() {}

    /**
     * So many of the hosts that are ready, and have the memory for it; of those that have, where none of them is ready, and of all,
     * where none has. Each as a worker whose function is the file.
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
