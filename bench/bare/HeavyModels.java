import dev.foretell.examples.models.ExampleModels;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes models m1.onnx … to a folder; arguments: folder, how many, megabytes each. */
public final class HeavyModels {
    private HeavyModels() {}

    public static void main(String[] arguments) throws Exception {
        for (int i = 1; i <= Integer.parseInt(arguments[1]); i++) {
            Files.write(
                    Path.of(arguments[0], "m" + i + ".onnx"),
                    ExampleModels.heavy(i, Integer.parseInt(arguments[2])));
        }
    }
}
