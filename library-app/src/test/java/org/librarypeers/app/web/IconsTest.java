package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.app.OfflineVisitor;
import org.librarypeers.domain.Role;

/** Tests of the icons of the pages. */
class IconsTest {

    private final OfflineLibrary library = OfflineLibrary.withPages((here, pages) ->
            pages.get("/for/admin", Role.ADMIN, visit -> visit.ctx().result("")));

    @Test
    void pages_use_icons_of_one_file_that_has_a_drawing_for_each_of_them() {
        OfflineVisitor visitor = library.visitor(Role.MEMBER);
        List<String> uses =
                visitor.get("/for/admin").page().select("svg.icon use").eachAttr("href");
        assertThat(uses).hasSizeGreaterThan(2);

        String file = uses.get(0).substring(0, uses.get(0).indexOf('#'));
        Document sprite = visitor.get(file).page();
        for (String name : Icons.NAMES) {
            Element symbol = Objects.requireNonNull(sprite.getElementById(name), name);
            assertThat(symbol.select("path, circle, rect")).as(name).isNotEmpty();
        }
        assertThat(uses).allMatch(use -> Icons.NAMES.contains(use.substring(file.length() + 1)));
    }

    @Test
    void each_icon_is_used() throws IOException {
        StringBuilder templates = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main/jte"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                templates.append(Files.readString(file));
            }
        }
        assertThat(Icons.NAMES).allSatisfy(name -> assertThat(templates).containsPattern("icon.*\"" + name + "\""));
    }

    @Test
    void an_unknown_icon_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Icons.checked("unicorn"));
    }
}
