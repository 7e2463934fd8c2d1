package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.app.OfflineVisitor;
import org.librarypeers.domain.Role;

/** Tests of the choice between light and dark pages. */
class ThemeTest {

    /** A library with one page that a member may not see, so that its answer is an error page in the usual layout. */
    private final OfflineLibrary library = OfflineLibrary.withPages((here, pages) ->
            pages.get("/for/admin", Role.ADMIN, visit -> visit.ctx().result("")));

    @Test
    void chosen_colours_are_remembered_until_the_device_decides_again() {
        OfflineVisitor visitor = library.visitor(Role.MEMBER);

        assertThat(visitor.get("/theme/dark?next=/some?a=b").location()).isEqualTo("/some?a=b");
        assertThat(visitor.get("/theme/pink").location()).isEqualTo("/");
        Element dark = visitor.get("/for/admin").page().expectFirst("html");
        assertThat(dark.attr("data-theme")).isEqualTo("dark");
        assertThat(dark.select("meta[name=color-scheme]").attr("content")).isEqualTo("dark");
        assertThat(dark.select("footer [href^=/theme/][aria-current]").attr("href"))
                .startsWith("/theme/dark");

        visitor.get("/theme/system");
        assertThat(visitor.get("/for/admin").page().expectFirst("html").hasAttr("data-theme"))
                .isFalse();
    }

    @Test
    void the_chosen_dark_colours_are_those_of_the_device() throws IOException {
        String css = Files.readString(Path.of("src/main/resources/assets/site.css"));
        List<String> blocks = Pattern.compile(
                        "(?:not\\(\\[data-theme\\]\\)|^\\[data-theme=dark\\]) \\{([^}]*)}", Pattern.MULTILINE)
                .matcher(css)
                .results()
                .map(block -> block.group(1).replaceAll("\\s+", " "))
                .toList();

        assertThat(blocks).hasSize(2);
        assertThat(blocks.get(0)).isEqualTo(blocks.get(1)).contains("--pico-color:");
    }
}
