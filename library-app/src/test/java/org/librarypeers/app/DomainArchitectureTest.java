package org.librarypeers.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the dependencies that the domain may have. Each rule must fail on a planted class. */
class DomainArchitectureTest {

    private static final JavaClasses DOMAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.librarypeers.domain");

    private static final ArchRule ONLY_ITSELF_AND_THE_JDK = classes()
            .that()
            .resideInAPackage("org.librarypeers.domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.librarypeers.domain..", "java..", "org.jspecify.annotations");

    private static final ArchRule ONE_PACKAGE = classes().should().resideInAPackage("org.librarypeers.domain");

    private static final ArchRule IS_TOLD_THE_TIME = noClasses()
            .should()
            .accessTargetWhere(DescribedPredicate.describe("look at the clock", DomainArchitectureTest::readsTheClock));

    private static boolean readsTheClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String name = access.getTarget().getName();
        return owner.startsWith("java.time.") && name.matches("now|system.*|tick.*")
                || owner.equals("java.lang.System") && name.matches("currentTimeMillis|nanoTime")
                || owner.matches("java\\.util\\.(Date|Calendar|GregorianCalendar)");
    }

    @Test
    void the_domain_depends_on_itself_and_the_jdk() {
        ONLY_ITSELF_AND_THE_JDK.check(DOMAIN);
    }

    @Test
    void the_domain_is_one_package() {
        ONE_PACKAGE.check(DOMAIN);
    }

    @Test
    void the_domain_reads_no_clock_of_its_own() {
        IS_TOLD_THE_TIME.check(DOMAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Planted { org.assertj.core.api.Condition<?> field; }",
                "class Planted { @org.junit.jupiter.api.Test void method() {} }",
                "@org.junit.jupiter.api.Tag(\"a\") class Planted {}",
                "class Planted { Object method() { return net.jqwik.api.Arbitraries.of(1); } }",
                "class Planted<T extends org.assertj.core.api.Condition<?>> {}",
                "class Planted { javax.tools.Tool field; }"
            })
    void a_dependency_of_the_domain_is_detected(String planted) {
        assertDetected(ONLY_ITSELF_AND_THE_JDK, "package org.librarypeers.domain; " + planted);
        assertDetected(ONLY_ITSELF_AND_THE_JDK, "package org.librarypeers.domain.deeper; " + planted);
    }

    @Test
    void a_second_package_is_detected() {
        assertDetected(ONE_PACKAGE, "package org.librarypeers.domain.model; class Planted {}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.time.Instant.now()",
                "java.time.LocalDateTime.now(java.time.ZoneOffset.UTC)",
                "java.time.Clock.systemUTC()",
                "java.time.Clock.tickSeconds(java.time.ZoneOffset.UTC)",
                "System.currentTimeMillis()",
                "System.nanoTime()",
                "new java.util.Date()",
                "(java.util.function.Supplier<?>) java.time.Instant::now"
            })
    void reading_the_clock_is_detected(String expression) {
        assertDetected(
                IS_TOLD_THE_TIME,
                "package org.librarypeers.domain; class Planted { Object time() { return " + expression + "; } }");
    }

    @Test
    void classes_that_obey_the_rules_pass() {
        JavaClasses harmless = Planted.classes("package org.librarypeers.domain; class Planted {"
                + " @org.jspecify.annotations.Nullable Guid guid;"
                + " Object time(java.time.Clock clock) { return clock.instant(); } }");

        assertThat(harmless).hasSize(1);
        for (ArchRule rule : List.of(ONLY_ITSELF_AND_THE_JDK, ONE_PACKAGE, IS_TOLD_THE_TIME)) {
            assertThatNoException().isThrownBy(() -> rule.check(harmless));
        }
    }

    private static void assertDetected(ArchRule rule, String source) {
        JavaClasses planted = Planted.classes(source);
        assertThat(planted).isNotEmpty();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rule.check(planted))
                .withMessageContaining("Planted");
    }
}
