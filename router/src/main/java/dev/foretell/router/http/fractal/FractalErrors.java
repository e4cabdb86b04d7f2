package dev.foretell.router.http.fractal;

import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.http.edge.ErrorForm;
import java.util.Map;

/** What goes wrong, as Fractal says it. */
final class FractalErrors implements ErrorForm {
    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public Object body(int status, Problem problem, ServingException failure) {
        Map<String, Object> answer = HttpStatus.of(status, failure.detail()).answer();
        answer.put("code", problem.code());
        answer.put("retryable", problem.retryable());
        return answer;
    }
}
