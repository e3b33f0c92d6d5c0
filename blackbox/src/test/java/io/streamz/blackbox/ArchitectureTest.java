package io.streamz.blackbox;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;

/** The rules of ARCHITECTURE.md, held against the compiled classes of all modules but the benchmarks. */
@AnalyzeClasses(packages = "io.streamz", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] LIBRARY = {
        "io.streamz.core..",
        "io.streamz.aggregations..",
        "io.streamz.frames..",
        "io.streamz.parquet..",
        "io.streamz.tablesaw..",
        "io.streamz.notebook..",
        "io.streamz.test.."
    };

    @ArchTest
    static final ArchRule coreNeedsOnlyTheJdk = classes()
            .that()
            .resideInAPackage("io.streamz.core..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "io.streamz.core.."));

    @ArchTest
    static final ArchRule aggregationsNeedOnlyTheJdk = classes()
            .that()
            .resideInAPackage("io.streamz.aggregations..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "io.streamz.aggregations.."));

    @ArchTest
    static final ArchRule arrowStaysInFrames = noClasses()
            .that()
            .resideOutsideOfPackage("io.streamz.frames..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.arrow.."));

    @ArchTest
    static final ArchRule vectorClassesAreKnownInTwoPlaces = noClasses()
            .that()
            .haveNameNotMatching("io\\.streamz\\.frames\\.internal\\.Arrow(Decoder|Encoder).*")
            .should()
            .dependOnClassesThat(concreteVectors())
            .because("columns become lanes in one place and vectors in one other; all else goes by Kind");

    @ArchTest
    static final ArchRule internalsStayInTheirModule = noClasses()
            .that()
            .resideOutsideOfPackage("io.streamz.frames..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.streamz.frames.internal.."));

    @ArchTest
    static final ArchRule publicSignaturesShowNoInternals = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("..internal..")
            .and()
            .doNotHaveName("bind")
            .should(showNothingInternal())
            .because("users see no internals, but for bind, the step from a plan's expression to what runs it");

    @ArchTest
    static final ArchRule threadsAreMadeInCore = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.streamz.aggregations..", "io.streamz.frames..", "io.streamz.tablesaw..", "io.streamz.test..")
            .should()
            .callConstructorWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                    com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                            assignableTo(Thread.class).or(assignableTo(Executor.class)))))
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Executors.class, ForkJoinPool.class);

    @ArchTest
    static final ArchRule noJavaSerialisation = noClasses()
            .should()
            .dependOnClassesThat(assignableTo(ObjectInputStream.class).or(assignableTo(ObjectOutputStream.class)));

    @ArchTest
    static final ArchRule noUnsafe =
            noClasses().should().dependOnClassesThat(resideInAnyPackage("sun..", "jdk.internal..", "com.sun.."));

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .that()
            .resideInAnyPackage(LIBRARY)
            .and()
            .doNotHaveFullyQualifiedName("io.streamz.core.SystemScheduler")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule theSystemClockIsCoresDefault = noClasses()
            .that()
            .resideInAnyPackage(LIBRARY)
            .and()
            .resideOutsideOfPackage("io.streamz.core..")
            .should()
            .callMethod(InstantSource.class, "system");

    @ArchTest
    static final ArchRule theLibraryLeavesTheProcessAlone = noClasses()
            .that()
            .resideInAnyPackage(LIBRARY)
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(System.class, "setProperty", String.class, String.class)
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule namesSayWhatTheyAre = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Utils?|Helper|Manager)")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");

    @ArchTest
    static final ArchRule noGetters = noMethods()
            .that()
            .arePublic()
            .and(new DescribedPredicate<JavaMethod>("are not overrides of a foreign type") {
                @Override
                public boolean test(JavaMethod method) {
                    return Stream.concat(
                                    method.getOwner().getAllRawSuperclasses().stream(),
                                    method.getOwner().getAllRawInterfaces().stream())
                            .noneMatch(above -> !above.getPackageName().startsWith("io.streamz")
                                    && above.getMethods().stream()
                                            .anyMatch(same -> same.getName().equals(method.getName())));
                }
            })
            .should()
            .haveNameMatching("get[A-Z].*");

    private static DescribedPredicate<JavaClass> concreteVectors() {
        return new DescribedPredicate<>("Arrow's vectors of one type") {
            @Override
            public boolean test(JavaClass type) {
                return type.getPackageName().startsWith("org.apache.arrow.vector")
                        && !type.isInterface()
                        && type.isAssignableTo("org.apache.arrow.vector.ValueVector");
            }
        };
    }

    private static ArchCondition<JavaMethod> showNothingInternal() {
        return new ArchCondition<>("show no internal type") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                method.getAllInvolvedRawTypes().stream()
                        .filter(type -> type.getPackageName().contains(".internal"))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " shows " + type.getName())));
            }
        };
    }
}
