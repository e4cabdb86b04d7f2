package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.http.edge.ErrorForm;

/** Fractal's error format. */
final class FractalErrors implements ErrorForm {
    private record ErrorBody(@JsonProperty("http_status") HttpStatus status, String code, boolean retryable) {}

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public Object body(int status, Problem problem, ServingException failure) {
        return new ErrorBody(HttpStatus.of(status, failure.detail()), problem.code(), problem.retryable());
    }
}
