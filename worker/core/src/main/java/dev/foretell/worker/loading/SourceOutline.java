package dev.foretell.worker.loading;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The outline of a source file before compilation: its top-level classes and its methods' first sentences. */
record SourceOutline(List<String> classes, Map<String, String> docs) {
    private static final Pattern TAG = Pattern.compile("\\{@\\w+\\s+([^}]*)}");

    static SourceOutline of(JavacTask task, CompilationUnitTree unit) {
        String prefix = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
        List<String> classes = new ArrayList<>();
        unit.getTypeDecls().forEach(tree -> {
            if (tree instanceof ClassTree type) {
                classes.add(prefix + type.getSimpleName());
            }
        });
        return new SourceOutline(classes, docs(DocTrees.instance(task), unit));
    }

    private static Map<String, String> docs(DocTrees trees, CompilationUnitTree unit) {
        Map<String, String> docs = new HashMap<>();
        new TreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
                String comment = trees.getDocComment(getCurrentPath());
                if (comment != null) {
                    docs.putIfAbsent(method.getName().toString(), firstSentence(comment));
                }
                return super.visitMethod(method, unused);
            }
        }.scan(unit, null);
        return docs;
    }

    /** Ends at the first full stop that ends a word, or at the first tag. */
    static String firstSentence(String comment) {
        String text = comment.split("(?m)^\\s*@", 2)[0].strip().replaceAll("\\s+", " ");
        String sentence = text.split("(?<=\\.)\\s", 2)[0];
        return TAG.matcher(sentence).replaceAll("$1").replaceAll("<[^>]+>", "");
    }
}
