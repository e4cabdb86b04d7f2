package dev.foretell.router.ensemble.call;

import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.ensemble.Member;
import dev.foretell.router.ensemble.merge.Contribution;
import dev.foretell.router.ensemble.merge.Merged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The response of an ensemble together with its spread and its members: {@code {"answer": 2.0, "spread": 0.5, "members": […]}}. */
final class MembersView {
    private MembersView() {}

    static Map<String, Object> of(MemberResults results, List<Contribution> present, Merged merged) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("answer", merged.answer());
        view.put("spread", merged.spread());
        List<Object> members = new ArrayList<>();
        double all = present.stream().mapToDouble(Contribution::weight).sum();
        for (int i = 0; i < results.ensemble().members().size(); i++) {
            members.add(member(results.ensemble().members().get(i), results.get(i), all));
        }
        view.put("members", members);
        return view;
    }

    /** Its share of the merged weight. A member whose call still ran was not needed. */
    private static Map<String, Object> member(Member member, @Nullable MemberResult result, double all) {
        boolean isPresent = result != null && result.isPresent();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", member.name());
        view.put("model", member.id());
        view.put("weight", isPresent ? member.weight() / all : 0);
        if (result == null) {
            view.put("cancelled", true);
            return view;
        }
        view.put("ms", Math.round(result.nanos() / 1e3) / 1e3);
        view.put("status", result.status());
        ServingException failure = result.failure();
        if (failure == null) {
            view.put("answer", result.answer());
        } else {
            view.put("code", Problem.of(failure.kind()).code());
            view.put("detail", failure.detail());
        }
        return view;
    }
}
