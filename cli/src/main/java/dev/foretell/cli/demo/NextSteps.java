package dev.foretell.cli.demo;

import java.util.Locale;

/** Suggestions for calls while the demo runs. */
final class NextSteps {
    private NextSteps() {}

    static String of(DemoProcesses cast) {
        String url = cast.router().url();
        return String.format(Locale.ROOT, """

                All of it stays up until Ctrl-C. Try:
                  curl -s '%1$s/v1/AI_model/predict' -d '{"modelId":"fib","data":{"n":50}}'
                  curl -s '%1$s/elb-healthcheck'
                  foretell routes --router %1$s
                  foretell predict --router %1$s fib '{"n": 20}'
                  foretell worker examples/Predict.java -b 127.0.0.1:0 --router %1$s
                  curl -s '%1$s/v1/models/diabetes/versions' -T %3$s/diabetes.onnx
                  curl -s '%1$s/v1/AI_model/digits/predict' -F file=@%3$s/three.png
                  foretell tasks run --router %1$s --data examples/iris.csv --target species --algorithm decision-tree --serve flowers
                  kill -9 %2$d                                        a worker; then call on""", url, cast.secondWorker().pid(), cast.models());
    }
}
