package dev.fleetrunner;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Every public type says what it is. */
class JavadocTest {
    private static final Path SOURCES = Path.of("src", "main", "java");

    @Test
    void everyPublicTypeSaysWhatItIs() throws IOException {
        Set<String> silent = new TreeSet<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> walk = Files.walk(SOURCES)) {
            List<Path> sources =
                    walk.filter(path -> path.toString().endsWith(".java")).toList();
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            DocTrees comments = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new PublicTypes(comments, silent).scan(unit, null);
            }
        }
        assertThat(silent).isEmpty();
    }

    private static final class PublicTypes extends TreePathScanner<Void, Void> {
        private final DocTrees comments;
        private final Set<String> silent;

        PublicTypes(DocTrees comments, Set<String> silent) {
            this.comments = comments;
            this.silent = silent;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (type.getModifiers().getFlags().contains(Modifier.PUBLIC)
                    && comments.getDocComment(getCurrentPath()) == null) {
                silent.add(getCurrentPath().getCompilationUnit().getPackageName() + "." + type.getSimpleName());
            }
            return super.visitClass(type, nothing);
        }
    }
}
