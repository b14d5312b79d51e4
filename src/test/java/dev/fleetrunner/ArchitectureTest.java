package dev.fleetrunner;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.mutiny.groups.UniAwait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the code to the table in {@code docs/architecture.md} and to the rules beside it. */
class ArchitectureTest {
    private static final String ROOT = "dev.fleetrunner";
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| ([^|]*) \\|.*");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");
    private static final String EVERYTHING = "everything";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    static Map<String, Set<String>> table() throws IOException {
        Map<String, Set<String>> table = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("docs/architecture.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> allowed = new LinkedHashSet<>();
                WORD.matcher(row.group(2)).results().forEach(word -> allowed.add(word.group(1)));
                table.put(row.group(1), row.group(2).strip().equals(EVERYTHING) ? Set.of(EVERYTHING) : allowed);
            }
        }
        return table;
    }

    static Stream<Map.Entry<String, Set<String>>> rows() throws IOException {
        return table().entrySet().stream().filter(row -> !row.getValue().contains(EVERYTHING));
    }

    @Test
    void everyPackageHasItsRow() throws IOException {
        Set<String> packages = new LinkedHashSet<>();
        CLASSES.forEach(type -> packages.add(type.getPackageName().split("\\.")[2]));
        assertThat(table().keySet()).containsExactlyInAnyOrderElementsOf(packages);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aPackageImportsWhatItsRowAllows(Map.Entry<String, Set<String>> row) {
        String self = ROOT + "." + row.getKey() + "..";
        String[] allowed = Stream.concat(Stream.of(row.getKey()), row.getValue().stream())
                .map(name -> ROOT + "." + name + "..")
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> forbidden =
                resideInAPackage(ROOT + "..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));
        noClasses()
                .that()
                .resideInAPackage(self)
                .should()
                .dependOnClassesThat(forbidden)
                .check(CLASSES);
    }

    @Test
    void onlyTheAppNamesAnImplementation() {
        for (String implementation : new String[] {ROOT + ".store.sqlite..", ROOT + ".runtime.engine.."}) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(implementation, ROOT + ".app..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(implementation)
                    .check(CLASSES);
        }
    }

    /** What a caller may do is asked in the use cases; a door that went around them would forget to. */
    @Test
    void doorsReachNoStoreButThroughTheUseCases() {
        for (String store : new String[] {
            ROOT + ".logs.LogStore",
            ROOT + ".artifact.ArtifactStore",
            ROOT + ".workspace.WorkspaceStore",
            ROOT + ".workspace.Caches",
            ROOT + ".store.Journal",
            ROOT + ".store.TaskIndex",
            ROOT + ".store.TokenStore"
        }) {
            noClasses()
                    .that()
                    .resideInAnyPackage(ROOT + ".api..", ROOT + ".mcp..", ROOT + ".console..")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName(store)
                    .check(CLASSES);
        }
    }

    @Test
    void theGroundNeedsNoFramework() {
        classes()
                .that()
                .resideInAnyPackage(ROOT + ".contract..", ROOT + ".task..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", ROOT + ".contract..", ROOT + ".task..")
                .check(CLASSES);
    }

    /** A start of it must load little, and it must work with services of other versions. */
    @Test
    void theCommandLineIsAClientAndNothingElse() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.smallrye..", "io.vertx..", "jakarta..", "org.jboss..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".cli..")
                .check(CLASSES);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nobodyWaitsButTheAppAtItsStart() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".app..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(UniAwait.class)
                .check(CLASSES);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
    }

    @Test
    void nothingIsPrinted() {
        noClasses().should().accessField(System.class, "out").check(CLASSES);
        noClasses().should().accessField(System.class, "err").check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?)").check(CLASSES);
    }
}
