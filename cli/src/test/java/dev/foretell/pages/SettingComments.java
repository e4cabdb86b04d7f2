package dev.foretell.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comments of a file of {@code conf} by the setting that they stand above or beside. */
final class SettingComments {
    private static final Pattern COMMENT = Pattern.compile("\\s*# ?(.*)");
    private static final Pattern SETTING = Pattern.compile("(\\s*)([a-z-]+):\\s*(?:[^#\"]|\"[^\"]*\")*(?:# ?(.*))?");

    private final Map<String, String> byKey = new LinkedHashMap<>();
    private final List<String> above = new ArrayList<>();
    private String section = "";
    private String key = "";

    SettingComments(List<String> lines) {
        lines.forEach(this::read);
    }

    private void read(String line) {
        Matcher comment = COMMENT.matcher(line);
        Matcher setting = SETTING.matcher(line);
        if (comment.matches()) {
            boolean goesOn = line.indexOf('#') > 8 && !key.isEmpty(); // below a comment beside a setting
            if (goesOn) {
                byKey.merge(key, comment.group(1).strip(), (first, more) -> first + " " + more);
            } else {
                above.add(comment.group(1).strip());
            }
        } else if (setting.matches()) {
            boolean isSection = setting.group(1).isEmpty();
            section = isSection ? setting.group(2) : section;
            key = isSection ? section : section + "." + setting.group(2);
            Optional.ofNullable(setting.group(3)).ifPresent(above::add);
            if (!above.isEmpty()) {
                byKey.put(key, String.join(" ", above).strip());
            }
            above.clear();
        } else {
            above.clear();
            key = "";
        }
    }

    Optional<String> of(String setting) {
        return Optional.ofNullable(byKey.get(setting));
    }
}
