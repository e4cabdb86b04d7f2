package dev.foretell.router.predict.call;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.admission.ShedException;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import org.jspecify.annotations.Nullable;

/** Why a predict call got no response, with details for its caller. */
public class PredictFailure extends ServingException {
    private static final long serialVersionUID = 1L;

    private final String model;
    private final int tries;
    private final boolean budgetExhausted;

    public PredictFailure(ServingException why, String model, int tries) {
        this(why, model, tries, false);
    }

    /** @param budgetExhausted whether it would have been retried with more budget */
    public PredictFailure(ServingException why, String model, int tries, boolean budgetExhausted) {
        super(why.kind(), detail(why, model, tries), why);
        this.model = model;
        this.tries = tries;
        this.budgetExhausted = budgetExhausted;
    }

    PredictFailure(FailureKind kind, String detail, @Nullable Throwable cause, String model, int tries) {
        super(kind, detail, cause);
        this.model = model;
        this.tries = tries;
        this.budgetExhausted = false;
    }

    /** The same in more words. */
    private PredictFailure(PredictFailure failure, String detail) {
        super(failure.kind(), detail, failure.getCause());
        this.model = failure.model;
        this.tries = failure.tries;
        this.budgetExhausted = failure.budgetExhausted;
    }

    /** The same, saying something more at its end. */
    public PredictFailure plus(String more) {
        return new PredictFailure(this, detail() + more);
    }

    /** The failure of a call that was sent to no worker. */
    public static Throwable withoutAttempt(Throwable why, ModelKey model) {
        return why instanceof ServingException serving ? new PredictFailure(serving, model.toString(), 0) : why;
    }

    /** {@code AI/fib}. */
    public final String model() {
        return model;
    }

    /** The number of workers that were tried. */
    public final int tries() {
        return tries;
    }

    /** Whether the retry budget prevented another attempt. */
    public final boolean isBudgetExhausted() {
        return budgetExhausted;
    }

    /** The function's own status if the call failed there; 0 if the kind determines it. */
    public int status() {
        return getCause() instanceof AttemptFailure failure && failure.reason() == Reason.FUNCTION_ERROR
                ? failure.status()
                : 0;
    }

    /** When to call again, in seconds: by the busy worker or by the length of the queue; null if unknown. */
    public final @Nullable String retryAfter() {
        if (getCause() instanceof ShedException refusal) {
            return String.valueOf(refusal.retryAfterSeconds());
        }
        return getCause() instanceof AttemptFailure failure ? failure.retryAfter() : null;
    }

    private static String detail(ServingException why, String model, int tries) {
        return why instanceof AttemptFailure failure && failure.reason() != Reason.FUNCTION_ERROR
                ? model + ": " + why.detail() + (tries > 1 ? "; " + tries + " attempts were made" : "")
                : why.detail();
    }
}
