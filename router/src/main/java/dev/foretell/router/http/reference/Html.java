package dev.foretell.router.http.reference;

import java.util.List;

/** Pieces of a page. */
final class Html {
    private Html() {}

    /** Text that is shown as it is, within elements and quoted attributes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A paragraph; nothing if there is no text. */
    static String paragraph(String text) {
        return text.isBlank() ? "" : "<p>" + escape(text.strip()) + "</p>\n";
    }

    /**
     * A table with a caption; nothing if it has no rows.
     *
     * @param rows whose cells are HTML
     */
    static String table(String caption, List<String> columns, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder table =
                new StringBuilder("<div class=\"wide\"><table><caption>" + escape(caption) + "</caption>\n<tr>");
        columns.forEach(column ->
                table.append("<th scope=\"col\">").append(escape(column)).append("</th>"));
        table.append("</tr>\n");
        for (List<String> row : rows) {
            table.append("<tr>");
            row.forEach(cell -> table.append("<td>").append(cell).append("</td>"));
            table.append("</tr>\n");
        }
        return table.append("</table></div>\n").toString();
    }

    static String code(String text) {
        return "<code>" + escape(text) + "</code>";
    }
}
