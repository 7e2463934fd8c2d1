package org.librarypeers.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of the dependencies between the packages of the app. A planted violation shows that the rule can fail. */
class AppPackagesTest {

    private static final String ROOT = "org.librarypeers.app";

    /** Each package with the packages of the app that it may use, the lowest first. A package uses none below its row. */
    private static final Map<String, List<String>> MAY_USE = rows(
            "config:",
            "background:",
            "http:",
            "monitoring:",
            "files: http",
            "backup: config background files",
            "s3: config files",
            "audit:",
            "accounts:",
            "content: audit",
            "bundles: audit files",
            "outgoing: config http",
            "links: config background outgoing",
            "pictures: config background http files outgoing",
            "web: http audit accounts pictures",
            "api: http files accounts content",
            "reader: http accounts pictures web files",
            "oai: http",
            "notifications: config background audit accounts web",
            "account: http accounts web notifications",
            "users: http audit accounts web notifications",
            "resources: http files accounts content web",
            "review: http files audit accounts pictures web notifications",
            "curation: http audit web",
            "peers: http files audit bundles pictures web",
            "settings: config audit pictures web notifications",
            "overview: web review peers",
            "move: http audit accounts content",
            "wiring: config files backup s3 audit bundles accounts content monitoring outgoing links pictures notifications move",
            "server: config background monitoring http files backup accounts links pictures web api reader oai notifications account users resources review curation peers settings overview wiring bundles",
            "demo: config accounts content wiring server",
            "cli: config monitoring files backup audit bundles accounts content notifications move wiring server demo",
            ": cli");

    private static final JavaClasses APP = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static Map<String, List<String>> rows(String... rows) {
        Map<String, List<String>> table = new LinkedHashMap<>();
        for (String row : rows) {
            String[] cells = row.split(":", 2);
            table.put(
                    cells[0],
                    Arrays.stream(cells[1].split(" "))
                            .filter(cell -> !cell.isEmpty())
                            .toList());
        }
        return table;
    }

    private static List<String> packages() {
        return List.copyOf(MAY_USE.keySet());
    }

    private static String full(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }

    private static ArchRule rule(String name) {
        List<String> allowed = new ArrayList<>(List.of(full(name)));
        MAY_USE.get(name).forEach(other -> allowed.add(full(other)));
        return classes()
                .that()
                .resideInAPackage(full(name))
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe(
                        "are outside of the app or in one of " + allowed, each -> isAllowed(each, allowed)))
                .allowEmptyShould(true);
    }

    private static boolean isAllowed(JavaClass each, List<String> allowed) {
        String name = each.getBaseComponentType().getPackageName();
        return !(name + ".").startsWith(ROOT + ".") || allowed.contains(name);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_uses_only_the_packages_of_its_row(String name) {
        rule(name).check(APP);
    }

    @Test
    void every_package_of_the_app_has_a_row() {
        assertThat(APP)
                .isNotEmpty()
                .extracting(JavaClass::getPackageName)
                .allSatisfy(name ->
                        assertThat(packages()).extracting(AppPackagesTest::full).contains(name));
    }

    @Test
    void no_row_allows_a_package_of_a_later_row() {
        List<String> lower = new ArrayList<>();
        MAY_USE.forEach((name, allowed) -> {
            assertThat(lower).as(name).containsAll(allowed);
            lower.add(name);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "http, accounts.AccountService",
        "web, reader.BrowsePages",
        "reader, peers.PeerPages",
        "review, wiring.Library",
        "api, web.Visit",
        "wiring, server.LibraryServer",
        "server, cli.LibraryCommand",
        "content, Main",
        "server, s3.S3Files",
        "files, s3.S3Files"
    })
    void a_use_of_a_package_that_the_row_does_not_allow_is_detected(String name, String used) {
        JavaClasses planted =
                Planted.classes("package " + full(name) + "; class Planted { " + full(used) + "[] field; }");

        assertThat(planted).isNotEmpty();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rule(name).check(planted))
                .withMessageContaining("Planted");
    }
}
