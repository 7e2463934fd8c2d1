package org.librarypeers.sync;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parts of the sync core may use. Each rule is seen to fail on something planted. */
class ArchitectureTest {

    private static final String SYNC = "org.librarypeers.sync";
    private static final String PORT = "org.librarypeers.sync.port";
    private static final String IN_MEMORY = "org.librarypeers.sync.inmemory";

    private static final JavaClasses SYNC_CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(SYNC);

    private static final ArchRule THE_SERVICES_USE_PORTS = allow(SYNC, PORT);
    private static final ArchRule THE_PORTS_USE_THE_DOMAIN = allow(PORT);
    private static final ArchRule THE_IN_MEMORY_ADAPTERS_USE_THE_PORTS = allow(IN_MEMORY, PORT);
    private static final ArchRule NO_OTHER_PACKAGES = classes().should().resideInAnyPackage(SYNC, PORT, IN_MEMORY);

    /** Classes of that package depend on itself, the others given, the domain and the JDK; on nothing else. */
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
    void the_ports_use_the_domain() {
        THE_PORTS_USE_THE_DOMAIN.check(SYNC_CORE);
    }

    @Test
    void the_in_memory_adapters_use_the_ports() {
        THE_IN_MEMORY_ADAPTERS_USE_THE_PORTS.check(SYNC_CORE);
    }

    @Test
    void no_package_is_more_than_one_level_down() {
        NO_OTHER_PACKAGES.check(SYNC_CORE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.librarypeers.sync.inmemory.InMemoryStorage field;",
                "org.assertj.core.api.Condition<?> field;",
                "@org.junit.jupiter.api.Test void method() {}"
            })
    void an_adapter_or_a_framework_in_the_services_is_seen(String member) {
        assertSeen(THE_SERVICES_USE_PORTS, SYNC, member);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.librarypeers.sync.SyncService field;",
                "org.librarypeers.sync.inmemory.InMemoryStorage field;",
                "org.mockito.Mock field;"
            })
    void anything_but_the_domain_in_the_ports_is_seen(String member) {
        assertSeen(THE_PORTS_USE_THE_DOMAIN, PORT, member);
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.librarypeers.sync.SyncService field;", "org.mockito.Mock field;"})
    void a_service_or_a_framework_in_the_in_memory_adapters_is_seen(String member) {
        assertSeen(THE_IN_MEMORY_ADAPTERS_USE_THE_PORTS, IN_MEMORY, member);
    }

    @ParameterizedTest
    @CsvSource({"org.librarypeers.sync.port.model", "org.librarypeers.sync.util"})
    void another_package_is_seen(String name) {
        assertSeen(NO_OTHER_PACKAGES, name, "int field;");
    }

    @Test
    void what_keeps_the_rules_passes_them() {
        String allowed =
                "org.librarypeers.sync.library.Storage port; org.librarypeers.domain.Guid guid; java.util.List<?> l;";

        assertThatNoException().isThrownBy(() -> THE_SERVICES_USE_PORTS.check(planted(SYNC, allowed)));
        assertThatNoException().isThrownBy(() -> THE_PORTS_USE_THE_DOMAIN.check(planted(PORT, allowed)));
        assertThatNoException()
                .isThrownBy(() -> THE_IN_MEMORY_ADAPTERS_USE_THE_PORTS.check(planted(IN_MEMORY, allowed)));
        assertThatNoException().isThrownBy(() -> NO_OTHER_PACKAGES.check(planted(IN_MEMORY, allowed)));
    }

    private static JavaClasses planted(String where, String member) {
        return Planted.classes("package " + where + "; class Planted { " + member + " }");
    }

    private static void assertSeen(ArchRule rule, String where, String member) {
        JavaClasses planted = planted(where, member);
        assertThat(planted).isNotEmpty();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rule.check(planted))
                .withMessageContaining("Planted");
    }
}
