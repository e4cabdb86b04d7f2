package dev.foretell.router.upstream;

/** For tests that look at an exchange's outcome alone. */
final class NobodyTold implements Exchange.Ending {
    @Override
    public void answered(WorkerAnswer answer) {}

    @Override
    public void failed(AttemptFailure failure) {}

    @Override
    public void abandoned(AttemptFailure failure) {}

    @Override
    public void dropped() {}
}
