package org.librarypeers.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the dependencies between the packages of the sync core. Each rule must fail on a planted class. */
class SyncCoreArchitectureTest {

    private static final String SYNC = "org.librarypeers.sync";
    private static final String PEER = "org.librarypeers.sync.peer";
    private static final String STORAGE = "org.librarypeers.sync.storage";
    private static final String CATALOGUE = "org.librarypeers.sync.catalogue";
    private static final String ACCOUNTS = "org.librarypeers.sync.accounts";
    private static final String CURATION = "org.librarypeers.sync.curation";
    private static final String FILES = "org.librarypeers.sync.files";
    private static final String NOTIFICATIONS = "org.librarypeers.sync.notifications";
    private static final String PICTURES = "org.librarypeers.sync.pictures";
    private static final String REPORTS = "org.librarypeers.sync.reports";
    private static final String LINKS = "org.librarypeers.sync.links";
    private static final String BUNDLES = "org.librarypeers.sync.bundles";
    private static final String LIBRARY = "org.librarypeers.sync.library";
    private static final String IN_MEMORY = "org.librarypeers.sync.inmemory";

    /** The packages with the ports of a storage, each for one topic. */
    private static final String[] TOPICS = {
        STORAGE, CATALOGUE, ACCOUNTS, CURATION, FILES, NOTIFICATIONS, PICTURES, REPORTS, LINKS, BUNDLES
    };

    private static final JavaClasses SYNC_CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(
                    location -> !location.contains("/sync/contract/") && !location.contains("/sync/scheduler/"))
            .importPackages(SYNC);

    /** The services use only the ports, which an embedder implements. */
    private static final ArchRule THE_SERVICES_USE_PORTS = allow(SYNC, PEER, STORAGE);

    private static final ArchRule THE_PEER_PORT_USES_THE_DOMAIN = allow(PEER);
    private static final List<ArchRule> THE_PORTS_USE_THOSE_BELOW = List.of(
            allow(STORAGE, PEER),
            allow(CATALOGUE, STORAGE, PEER),
            allow(ACCOUNTS, STORAGE),
            allow(FILES, STORAGE),
            allow(NOTIFICATIONS, STORAGE),
            allow(CURATION, STORAGE, CATALOGUE),
            allow(PICTURES, STORAGE, FILES),
            allow(REPORTS, STORAGE),
            allow(LINKS, STORAGE),
            allow(BUNDLES, STORAGE),
            allow(LIBRARY, TOPICS));
    private static final ArchRule THE_IN_MEMORY_ADAPTERS_USE_THE_PORTS = allow(IN_MEMORY, topicsAnd(PEER, LIBRARY));
    private static final ArchRule NO_OTHER_PACKAGES =
            classes().should().resideInAnyPackage(topicsAnd(SYNC, PEER, LIBRARY, IN_MEMORY));

    private static String[] topicsAnd(String... others) {
        return Stream.concat(Stream.of(TOPICS), Stream.of(others)).toArray(String[]::new);
    }

    /** Allows the package to depend only on itself, the other given packages, the domain and the JDK. */
    private static ArchRule allow(String itself, String... others) {
        return classes()
                .that()
                .resideInAPackage(itself)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed(itself, others));
    }

    private static String[] allowed(String itself, String... others) {
        List<String> all = new ArrayList<>(List.of(others));
        all.addAll(List.of(itself, "org.librarypeers.domain", "java..", "org.jspecify.annotations"));
        return all.toArray(String[]::new);
    }

    @Test
    void the_services_use_the_ports_and_no_adapter() {
        THE_SERVICES_USE_PORTS.check(SYNC_CORE);
    }

    @Test
    void the_ports_use_the_domain_and_the_ports_below_them() {
        THE_PEER_PORT_USES_THE_DOMAIN.check(SYNC_CORE);
        THE_PORTS_USE_THOSE_BELOW.forEach(rule -> rule.check(SYNC_CORE));
    }

    @Test
    void the_in_memory_adapters_use_the_ports() {
        THE_IN_MEMORY_ADAPTERS_USE_THE_PORTS.check(SYNC_CORE);
    }

    @Test
    void no_package_is_more_than_one_level_below_the_core() {
        NO_OTHER_PACKAGES.check(SYNC_CORE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.librarypeers.sync.inmemory.InMemoryStorage field;",
                "org.librarypeers.sync.catalogue.Catalogue field;",
                "org.assertj.core.api.Condition<?> field;",
                "@org.junit.jupiter.api.Test void method() {}"
            })
    void an_adapter_or_a_framework_in_the_services_is_detected(String member) {
        assertDetected(THE_SERVICES_USE_PORTS, SYNC, member);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.librarypeers.sync.SyncService field;",
                "org.librarypeers.sync.inmemory.InMemoryStorage field;",
                "org.assertj.core.api.Assertions field;"
            })
    void a_dependency_of_the_ports_other_than_the_domain_is_detected(String member) {
        assertDetected(THE_PEER_PORT_USES_THE_DOMAIN, PEER, member);
        assertDetected(THE_PORTS_USE_THOSE_BELOW.get(0), STORAGE, member);
    }

    @Test
    void a_port_that_uses_a_higher_port_is_detected() {
        assertDetected(THE_PEER_PORT_USES_THE_DOMAIN, PEER, STORAGE + ".SyncStorage field;");
        assertDetected(THE_PORTS_USE_THOSE_BELOW.get(0), STORAGE, CATALOGUE + ".Catalogue field;");
        assertDetected(THE_PORTS_USE_THOSE_BELOW.get(1), CATALOGUE, LIBRARY + ".LibraryStorage field;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.librarypeers.sync.SyncService field;", "org.assertj.core.api.Assertions field;"})
    void a_service_or_a_framework_in_the_in_memory_adapters_is_detected(String member) {
        assertDetected(THE_IN_MEMORY_ADAPTERS_USE_THE_PORTS, IN_MEMORY, member);
    }

    @ParameterizedTest
    @CsvSource({"org.librarypeers.sync.storage.model", "org.librarypeers.sync.util"})
    void an_unlisted_package_is_detected(String name) {
        assertDetected(NO_OTHER_PACKAGES, name, "int field;");
    }

    @Test
    void classes_that_obey_the_rules_pass() {
        String allowed =
                "org.librarypeers.sync.storage.SyncStorage port; org.librarypeers.domain.Guid guid; java.util.List<?> l;";

        assertThatNoException().isThrownBy(() -> THE_SERVICES_USE_PORTS.check(planted(SYNC, allowed)));
        assertThatNoException()
                .isThrownBy(() -> THE_PORTS_USE_THOSE_BELOW.get(0).check(planted(STORAGE, allowed)));
        assertThatNoException()
                .isThrownBy(() -> THE_IN_MEMORY_ADAPTERS_USE_THE_PORTS.check(planted(IN_MEMORY, allowed)));
        assertThatNoException().isThrownBy(() -> NO_OTHER_PACKAGES.check(planted(IN_MEMORY, allowed)));
    }

    private static JavaClasses planted(String where, String member) {
        return Planted.classes("package " + where + "; class Planted { " + member + " }");
    }

    private static void assertDetected(ArchRule rule, String where, String member) {
        JavaClasses planted = planted(where, member);
        assertThat(planted).isNotEmpty();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rule.check(planted))
                .withMessageContaining("Planted");
    }
}
