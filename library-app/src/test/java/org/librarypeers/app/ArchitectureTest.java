package org.librarypeers.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests of the dependencies between modules, written as allow-lists. A planted violation shows that each rule can fail.
 */
class ArchitectureTest {

    private static final String DOMAIN = "org.librarypeers.domain";
    private static final String SYNC = "org.librarypeers.sync";
    private static final String SCHEDULER = "org.librarypeers.sync.scheduler";
    private static final String CONTRACTS = "org.librarypeers.sync.contract";
    private static final String PERSISTENCE = "org.librarypeers.persistence";
    private static final String HTTP = "org.librarypeers.http";
    private static final String BUNDLE = "org.librarypeers.bundle";
    private static final String OAI = "org.librarypeers.oai";
    private static final String EMBEDDED_POSTGRES = "org.librarypeers.embeddedpostgres";

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .withImportOption(location -> !location.contains("/sync/contract/"))
            .importPackages("org.librarypeers");

    private static final JavaClasses SUITES = new ClassFileImporter().importPackages(CONTRACTS);

    private static final ArchRule THE_DOMAIN_IS_ALONE = allow(DOMAIN);

    private static final ArchRule THE_CORE_USES_THE_DOMAIN = allow(SYNC, DOMAIN);

    private static final ArchRule THE_CONTRACTS_USE_THE_CORE =
            allow(CONTRACTS, DOMAIN, SYNC, "org.assertj", "org.junit");

    private static final ArchRule THE_DATABASE_ADAPTER_MEETS_NO_OTHER = allow(
            PERSISTENCE,
            DOMAIN,
            SYNC,
            "javax",
            "com.fasterxml.jackson.annotation",
            "com.zaxxer.hikari",
            "jakarta.persistence",
            "org.flywaydb",
            "org.hibernate",
            "org.jsoup",
            "org.postgresql",
            "org.slf4j",
            "org.tartarus.snowball",
            "tools.jackson");

    private static final ArchRule THE_HTTP_ADAPTER_MEETS_NO_OTHER = allow(
            HTTP,
            DOMAIN,
            SYNC,
            "javax",
            "com.fasterxml.jackson.annotation",
            "dev.failsafe",
            "org.slf4j",
            "tools.jackson");

    private static final ArchRule THE_BUNDLE_ADAPTER_MEETS_NO_OTHER = allow(BUNDLE, DOMAIN, SYNC, "tools.jackson");

    private static final ArchRule THE_OAI_ADAPTER_MEETS_NO_OTHER = allow(OAI, DOMAIN, SYNC, "javax", "dev.failsafe");

    private static final ArchRule THE_SCHEDULER_MEETS_NO_ADAPTER =
            allow(SCHEDULER, DOMAIN, SYNC, "javax.sql", "com.github.kagkarlsson", "org.slf4j", "tools.jackson");

    private static final ArchRule THE_EMBEDDED_SERVER_KNOWS_NO_LIBRARY =
            allow(EMBEDDED_POSTGRES, "org.apache.commons.compress", "org.slf4j", "org.tukaani.xz");

    private static final ArchRule THE_DATABASE_ADAPTER_HAS_ONE_DOOR = onePublicEntryPoint(PERSISTENCE, "JpaStorage");

    private static final ArchRule THE_HTTP_ADAPTER_HAS_ONE_DOOR = onePublicEntryPoint(HTTP, "HttpPeerClient");

    private static final ArchRule THE_BUNDLE_ADAPTER_HAS_ONE_DOOR =
            onePublicEntryPoint(BUNDLE, "Bundles", "BundleException", "BundleFile", "BundleManifest", "CarriedFile");

    private static final ArchRule THE_OAI_ADAPTER_HAS_ONE_DOOR = onePublicEntryPoint(OAI, "OaiPeerClient");

    private static final ArchRule THE_SCHEDULER_HAS_ONE_DOOR = onePublicEntryPoint(SCHEDULER, "SyncScheduler");

    private static final ArchRule THE_EMBEDDED_SERVER_HAS_ONE_DOOR =
            onePublicEntryPoint(EMBEDDED_POSTGRES, "EmbeddedPostgres", "EmbeddedPostgresException");

    private static final ArchRule THE_CLIENT_OF_THE_OBJECT_STORE_STAYS_IN_ONE_PACKAGE = noClasses()
            .that(not(resideInAPackage("org.librarypeers.app.s3")))
            .should()
            .dependOnClassesThat(in("software.amazon"));

    private static final ArchRule PACKAGES_ARE_ONE_LEVEL_DEEP =
            classes().should().resideInAnyPackage("org.librarypeers.*", "org.librarypeers.*.*");

    /** The builder chooses the clock of a service whose caller chooses none. A storage in memory dates changes as a database does. */
    private static final ArchRule DOMAIN_AND_CORE_ARE_TOLD_THE_TIME = noClasses()
            .that(in(DOMAIN).or(in(SYNC)))
            .and()
            .doNotHaveFullyQualifiedName(SYNC + ".SyncService$Builder")
            .and()
            .doNotHaveFullyQualifiedName(SYNC + ".inmemory.InMemoryStorage")
            .should()
            .accessTargetWhere(DescribedPredicate.describe("look at the clock", ArchitectureTest::readsTheClock));

    /** Allows the classes below the root package to depend only on each other, on the JDK and on the other packages. */
    private static ArchRule allow(String root, String... others) {
        DescribedPredicate<JavaClass> allowed = Stream.concat(
                        Stream.of(root, "java", "org.jspecify"), Arrays.stream(others))
                .map(ArchitectureTest::in)
                .reduce((one, other) -> one.or(other))
                .orElseThrow();
        return classes().that(in(root)).should().onlyDependOnClassesThat(allowed);
    }

    /** Matches the classes below the root package. The scheduler, whose package is below the core's, is not the core. */
    private static DescribedPredicate<JavaClass> in(String root) {
        DescribedPredicate<JavaClass> below = resideInAPackage(root + "..");
        return root.equals(SYNC) ? below.and(not(resideInAPackage(SCHEDULER + ".."))) : below;
    }

    /** Requires that in the package only the entry point, the types in its public signatures and its exceptions are public. */
    private static ArchRule onePublicEntryPoint(String root, String entryPoint, String... exceptions) {
        return classes()
                .that()
                .resideInAPackage(root)
                .and()
                .areTopLevelClasses()
                .should(new OnePublicEntryPoint(root, entryPoint, exceptions));
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String name = access.getTarget().getName();
        return owner.startsWith("java.time.") && name.matches("now|system.*|tick.*")
                || owner.equals("java.lang.System") && name.matches("currentTimeMillis|nanoTime")
                || owner.matches("java\\.util\\.(Date|Calendar|GregorianCalendar)");
    }

    @Test
    void the_domain_depends_on_itself_and_the_jdk() {
        THE_DOMAIN_IS_ALONE.check(LIBRARY);
    }

    @Test
    void the_core_depends_on_the_domain() {
        THE_CORE_USES_THE_DOMAIN.check(LIBRARY);
    }

    @Test
    void the_contracts_depend_on_the_core() {
        THE_CONTRACTS_USE_THE_CORE.check(SUITES);
    }

    @Test
    void no_adapter_depends_on_another() {
        THE_DATABASE_ADAPTER_MEETS_NO_OTHER.check(LIBRARY);
        THE_HTTP_ADAPTER_MEETS_NO_OTHER.check(LIBRARY);
        THE_BUNDLE_ADAPTER_MEETS_NO_OTHER.check(LIBRARY);
        THE_OAI_ADAPTER_MEETS_NO_OTHER.check(LIBRARY);
        THE_SCHEDULER_MEETS_NO_ADAPTER.check(LIBRARY);
        THE_EMBEDDED_SERVER_KNOWS_NO_LIBRARY.check(LIBRARY);
    }

    @Test
    void only_one_package_uses_the_client_of_the_object_store() {
        THE_CLIENT_OF_THE_OBJECT_STORE_STAYS_IN_ONE_PACKAGE.check(LIBRARY);
    }

    @Test
    void another_use_of_the_client_of_the_object_store_is_detected() {
        assertDetected(
                THE_CLIENT_OF_THE_OBJECT_STORE_STAYS_IN_ONE_PACKAGE,
                "package org.librarypeers.app.files; class Planted { software.amazon.awssdk.services.s3.S3Client field; }");
    }

    @Test
    void each_adapter_has_one_public_entry_point() {
        THE_DATABASE_ADAPTER_HAS_ONE_DOOR.check(LIBRARY);
        THE_HTTP_ADAPTER_HAS_ONE_DOOR.check(LIBRARY);
        THE_BUNDLE_ADAPTER_HAS_ONE_DOOR.check(LIBRARY);
        THE_OAI_ADAPTER_HAS_ONE_DOOR.check(LIBRARY);
        THE_SCHEDULER_HAS_ONE_DOOR.check(LIBRARY);
        THE_EMBEDDED_SERVER_HAS_ONE_DOOR.check(LIBRARY);
    }

    @Test
    void no_package_is_more_than_one_level_below_its_modules_root() {
        PACKAGES_ARE_ONE_LEVEL_DEEP.check(LIBRARY);
    }

    @Test
    void domain_and_core_read_no_clock_of_their_own() {
        DOMAIN_AND_CORE_ARE_TOLD_THE_TIME.check(LIBRARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@jakarta.persistence.Entity class Planted {}",
                "class Planted { @org.hibernate.annotations.JdbcTypeCode(1) int field; }",
                "class Planted { tools.jackson.databind.JsonNode field; }",
                "class Planted { void method(io.javalin.http.Context context) {} }",
                "class Planted { org.slf4j.Logger field; }"
            })
    void a_framework_in_domain_or_core_is_detected(String planted) {
        assertDetected(THE_DOMAIN_IS_ALONE, "package org.librarypeers.domain; " + planted);
        assertDetected(THE_CORE_USES_THE_DOMAIN, "package org.librarypeers.sync; " + planted);
        assertDetected(THE_CORE_USES_THE_DOMAIN, "package org.librarypeers.sync.storage; " + planted);
    }

    @Test
    void a_domain_that_depends_on_the_core_is_detected() {
        assertDetected(
                THE_DOMAIN_IS_ALONE, "package org.librarypeers.domain; class Planted { " + SYNC + ".SyncService s; }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"persistence.JpaStorage", "http.HttpPeerClient", "sync.scheduler.SyncScheduler"})
    void a_core_that_depends_on_an_adapter_is_detected(String adapter) {
        assertDetected(
                THE_CORE_USES_THE_DOMAIN,
                "package org.librarypeers.sync; class Planted { org.librarypeers." + adapter + " field; }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.librarypeers.persistence.JpaStorage", "org.postgresql.Driver"})
    void a_contract_that_depends_on_an_adapter_is_detected(String adapter) {
        assertDetected(
                THE_CONTRACTS_USE_THE_CORE, "package " + CONTRACTS + "; class Planted { " + adapter + " field; }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.librarypeers.http.HttpPeerClient", "io.javalin.Javalin", "picocli.CommandLine"})
    void a_database_adapter_that_depends_on_another_adapter_is_detected(String other) {
        assertDetected(
                THE_DATABASE_ADAPTER_MEETS_NO_OTHER,
                "package org.librarypeers.persistence; class Planted { " + other + " field; }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.librarypeers.persistence.JpaStorage", "io.javalin.Javalin", "org.hibernate.Session"})
    void an_http_adapter_that_depends_on_another_adapter_is_detected(String other) {
        assertDetected(
                THE_HTTP_ADAPTER_MEETS_NO_OTHER,
                "package org.librarypeers.http; class Planted { " + other + " field; }");
        assertDetected(
                THE_HTTP_ADAPTER_MEETS_NO_OTHER,
                "package org.librarypeers.http.wire; class Planted { " + other + " field; }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.librarypeers.persistence.JpaStorage",
                "org.librarypeers.http.HttpPeerClient",
                "org.librarypeers.app.wiring.Library",
                "com.zaxxer.hikari.HikariDataSource"
            })
    void a_scheduler_that_depends_on_an_adapter_is_detected(String other) {
        assertDetected(
                THE_SCHEDULER_MEETS_NO_ADAPTER,
                "package org.librarypeers.sync.scheduler; class Planted { " + other + " field; }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"org.librarypeers.domain.Guid", "org.librarypeers.app.wiring.Library", "org.postgresql.Driver"})
    void an_embedded_server_that_depends_on_a_library_is_detected(String other) {
        assertDetected(
                THE_EMBEDDED_SERVER_KNOWS_NO_LIBRARY,
                "package org.librarypeers.embeddedpostgres; class Planted { " + other + " field; }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.librarypeers.http.HttpPeerClient", "tools.jackson.databind.JsonNode"})
    void an_oai_adapter_that_depends_on_another_adapter_is_detected(String other) {
        assertDetected(
                THE_OAI_ADAPTER_MEETS_NO_OTHER, "package org.librarypeers.oai; class Planted { " + other + " field; }");
    }

    @Test
    void a_second_public_entry_point_is_detected() {
        String second = "class Door {} public class Planted {}";

        assertDetected(THE_DATABASE_ADAPTER_HAS_ONE_DOOR, "package org.librarypeers.persistence; " + second);
        assertDetected(THE_HTTP_ADAPTER_HAS_ONE_DOOR, "package org.librarypeers.http; " + second);
        assertDetected(THE_SCHEDULER_HAS_ONE_DOOR, "package org.librarypeers.sync.scheduler; " + second);
        assertDetected(THE_EMBEDDED_SERVER_HAS_ONE_DOOR, "package org.librarypeers.embeddedpostgres; " + second);
    }

    @Test
    void only_types_in_public_signatures_of_the_entry_point_may_be_public() {
        String planted = "package org.librarypeers.http; public class Planted {} ";

        assertPasses(
                THE_HTTP_ADAPTER_HAS_ONE_DOOR,
                planted + "class HttpPeerClient { public HttpPeerClient(Planted p) {} }");
        assertPasses(
                THE_HTTP_ADAPTER_HAS_ONE_DOOR,
                planted + "class HttpPeerClient { public Planted get() { return null; } }");
        assertPasses(
                THE_HTTP_ADAPTER_HAS_ONE_DOOR,
                planted + "class HttpPeerClient { public java.util.List<Planted> get() { return null; } }");
        assertDetected(
                THE_HTTP_ADAPTER_HAS_ONE_DOOR, planted + "class HttpPeerClient { HttpPeerClient(Planted p) {} }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.librarypeers.app.peers.parts", "org.librarypeers", "org.librarypeers.http.wire.v1"})
    void a_package_that_is_too_deep_or_in_no_module_is_detected(String name) {
        assertDetected(PACKAGES_ARE_ONE_LEVEL_DEEP, "package " + name + "; class Planted {}");
    }

    @ParameterizedTest
    @CsvSource({
        "org.librarypeers.domain, java.time.Instant.now()",
        "org.librarypeers.sync, java.time.Clock.systemUTC()",
        "org.librarypeers.sync, System.currentTimeMillis()",
        "org.librarypeers.sync.inmemory, (java.util.function.Supplier<?>) java.time.Instant::now"
    })
    void reading_the_clock_in_domain_or_core_is_detected(String where, String expression) {
        assertDetected(
                DOMAIN_AND_CORE_ARE_TOLD_THE_TIME,
                "package " + where + "; class Planted { Object time() { return " + expression + "; } }");
    }

    @Test
    void classes_that_obey_the_rules_pass() {
        String members = "; class Planted { java.util.List<?> list; java.time.Clock clock;"
                + " Object now() { return clock.instant(); } }";

        assertPasses(THE_DOMAIN_IS_ALONE, "package " + DOMAIN + members);
        assertPasses(THE_CORE_USES_THE_DOMAIN, "package " + SYNC + members);
        assertPasses(THE_DATABASE_ADAPTER_MEETS_NO_OTHER, "package " + PERSISTENCE + members);
        assertPasses(THE_HTTP_ADAPTER_MEETS_NO_OTHER, "package " + HTTP + ".wire" + members);
        assertPasses(THE_SCHEDULER_MEETS_NO_ADAPTER, "package " + SCHEDULER + members);
        assertPasses(THE_DATABASE_ADAPTER_HAS_ONE_DOOR, "package " + PERSISTENCE + members);
        assertPasses(PACKAGES_ARE_ONE_LEVEL_DEEP, "package " + HTTP + ".wire" + members);
        assertPasses(DOMAIN_AND_CORE_ARE_TOLD_THE_TIME, "package " + SYNC + members);
    }

    private static void assertPasses(ArchRule rule, String source) {
        JavaClasses planted = Planted.classes(source);
        assertThatNoException().isThrownBy(() -> rule.check(planted));
    }

    private static void assertDetected(ArchRule rule, String source) {
        JavaClasses planted = Planted.classes(source);
        assertThat(planted).isNotEmpty();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rule.check(planted))
                .withMessageContaining("Planted");
    }
}
