package dev.foretell.router.ensemble.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.ensemble.Member;
import dev.foretell.router.ensemble.OnMissing;
import dev.foretell.router.ensemble.merge.Contribution;
import dev.foretell.router.ensemble.merge.Likeness;
import dev.foretell.router.predict.call.PredictFailure;
import io.vertx.core.AsyncResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The results of one call's members so far, in the order of the recipe. Used by one thread at a time. */
final class MemberResults {
    private static final int MAX_NAMED = 5;

    private final Ensemble ensemble;
    private final List<@Nullable MemberResult> results = new ArrayList<>();
    private int ended;
    private int failed;

    MemberResults(Ensemble ensemble) {
        this.ensemble = ensemble;
        ensemble.members().forEach(member -> results.add(null));
    }

    Ensemble ensemble() {
        return ensemble;
    }

    void add(int index, long nanos, AsyncResult<JsonNode> read) {
        Member member = ensemble.members().get(index);
        results.set(
                index,
                read.succeeded()
                        ? MemberResult.of(member, nanos, read.result())
                        : MemberResult.ofFailure(member, nanos, read.cause()));
        ended++;
        failed += read.succeeded() ? 0 : 1;
    }

    boolean areAll() {
        return ended == results.size();
    }

    /** The number of members without a mergeable response. */
    int failures() {
        return failed;
    }

    /** Whether more members are missing than may be. */
    boolean isOutOfReach() {
        return failed > ensemble.spare();
    }

    /** The result of one member; null while its call runs. */
    @Nullable
    MemberResult get(int index) {
        return results.get(index);
    }

    /**
     * Leaves out the responses that differ in shape from most of them.
     *
     * @return the results to merge
     * @throws ServingException as {@link #failure}, if too few are left
     */
    List<Contribution> requireAlike() {
        List<Contribution> present = stream()
                .filter(MemberResult::isPresent)
                .map(result -> new Contribution(
                        result.member().name(), result.member().weight(), Objects.requireNonNull(result.answer())))
                .toList();
        if (!ensemble.merge().comparesResponses()) {
            return present;
        }
        List<Contribution> alike = Likeness.largestGroup(present);
        leaveOut(alike.stream().map(Contribution::member).collect(Collectors.toCollection(HashSet::new)));
        if (isOutOfReach()) {
            throw failure();
        }
        return alike;
    }

    private void leaveOut(Set<String> alike) {
        for (int i = 0; i < results.size(); i++) {
            MemberResult result = results.get(i);
            if (result != null
                    && result.isPresent()
                    && !alike.contains(result.member().name())) {
                results.set(i, result.without("has another shape than those of most members"));
                failed++;
            }
        }
    }

    /** Why the call fails: its input, if too many members refused it; otherwise its quorum. */
    ServingException failure() {
        List<MemberResult> refusals = stream().filter(MemberResult::isRefusal).toList();
        return refusals.size() > ensemble.spare()
                ? Objects.requireNonNull(refusals.get(0).failure())
                : new PredictFailure(
                        new ServingException(
                                stream().filter(MemberResult::isLasting).count() > ensemble.spare()
                                        ? FailureKind.QUORUM_OUT_OF_REACH
                                        : FailureKind.QUORUM_MISSED,
                                detail()),
                        ensemble.key().toString(),
                        ended);
    }

    private String detail() {
        int members = results.size();
        int needed = ensemble.needed().onMissing() == OnMissing.FAIL
                ? members
                : ensemble.needed().quorum();
        List<MemberResult> missing =
                stream().filter(result -> !result.isPresent()).toList();
        return "the ensemble needs " + needed + " of its " + members + " members, and " + missing.size()
                + (missing.size() == 1 ? " gives" : " give") + " no response that can be merged: "
                + missing.stream()
                        .limit(MAX_NAMED)
                        .map(result -> result.member().name() + " (" + result.status() + ", "
                                + Objects.requireNonNull(result.failure()).detail() + ")")
                        .collect(Collectors.joining("; "))
                + (missing.size() > MAX_NAMED ? "; …" : "");
    }

    private Stream<MemberResult> stream() {
        return results.stream().filter(Objects::nonNull).map(Objects::requireNonNull);
    }
}
