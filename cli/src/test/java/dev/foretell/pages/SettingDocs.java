package dev.foretell.pages;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the Javadoc of a record says about its components, read from the source. */
final class SettingDocs {
    private static final List<String> MODULES =
            List.of("router", "worker/core", "worker/onnx", "commons", "commons/edge", "commons/tracing");

    private SettingDocs() {}

    /** The text of the {@code @param} of a component. */
    static Optional<String> of(Class<?> record, String component) {
        Matcher param = Pattern.compile("(?s)@param " + component + "\\s+(.*?)(?:\\n\\s*\\*\\s*@|$)")
                .matcher(javadoc(record));
        return param.find() ? Optional.of(withKeys(plain(param.group(1)), record)) : Optional.empty();
    }

    private static String javadoc(Class<?> record) {
        String source = source(record);
        Matcher declared =
                Pattern.compile("record " + record.getSimpleName() + "\\s*\\(").matcher(source);
        if (!declared.find()) {
            throw new AssertionError("no record " + record.getName() + " in its source");
        }
        String before = source.substring(0, declared.start());
        int begin = before.lastIndexOf("/**");
        int end = before.lastIndexOf("*/");
        boolean belongs = begin >= 0 && begin < end && before.substring(end).matches("(?s)\\*/[\\s\\w@(.)]*");
        return belongs ? before.substring(begin, end) : "";
    }

    private static String source(Class<?> type) {
        String file = "src/main/java/" + type.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java";
        return MODULES.stream()
                .map(module -> Pages.ROOT.resolve(module).resolve(file))
                .filter(Files::exists)
                .findFirst()
                .map(Pages::text)
                .orElseThrow(() -> new AssertionError("no module has " + file));
    }

    /** A text that names settings by their keys instead of their components. */
    private static String withKeys(String text, Class<?> record) {
        return Stream.of(record.getRecordComponents())
                .map(RecordComponent::getName)
                .reduce(
                        text,
                        (named, component) ->
                                named.replaceAll("\\b" + component + "\\b", ConfigurationPage.kebab(component)));
    }

    /** Javadoc as Markdown on one line. */
    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\n\\s*\\*", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                .strip();
    }
}
