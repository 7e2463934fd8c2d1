package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.PluralRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {

    private static final Pattern SAID = Pattern.compile("say\\(\\s*\"([a-z][a-zA-Z0-9_.-]*[a-zA-Z0-9])\"");

    /** Prefixes of keys that code builds from an enum constant, a kind of file or an error. */
    private static final List<String> BUILT = List.of(
            "trouble.",
            "common.policy.",
            "common.theme.",
            "common.time.",
            "audit.action.",
            "overview.part.",
            "audit.detail.",
            "audit.field.",
            "audit.is.",
            "diff.",
            "notifications.kind.",
            "notifications.frequency.",
            "pictures.problem.",
            "links.problem.",
            "peers.compare.",
            "peers.bundles.problem.",
            "peers.bundles.state.",
            "peers.bundles.trust.",
            "peers.next.",
            "peers.preview.scope.",
            "peers.sync.",
            "peers.publication.",
            "peers.state.",
            "peers.selection.side.",
            "peers.status.",
            "peers.test.",
            "peers.remark.",
            "peers.reason.",
            "peers.run.head.",
            "peers.run.items.",
            "reader.kind.",
            "reader.status.",
            "resources.bulk.",
            "reader.time.",
            "resources.restored.",
            "resources.saved.",
            "resources.status.",
            "resources.unit.",
            "report.kind.",
            "review.about.",
            "review.empty.",
            "review.kind.",
            "review.last.",
            "review.since.",
            "review.sort.",
            "review.status.",
            "review.work.",
            "settings.field.",
            "settings.place.",
            "users.role.");

    /** Keys that are built in more than one place, listed in full. */
    private static final Set<String> BUILT_ONE_BY_ONE = Set.of(
            "peers.run.failed.items.do",
            "peers.run.failed.here.do",
            "resources.same",
            "review.approved.one",
            "review.rejected.one",
            "review.approved.many",
            "review.rejected.many",
            "review.approve.all",
            "review.reject.all",
            "review.approved.change",
            "review.rejected.change");

    static Stream<String> areas() {
        return Messages.AREAS.stream();
    }

    @ParameterizedTest
    @MethodSource("areas")
    void every_text_exists_in_every_language_with_the_same_placeholders(String area) {
        Properties english = Messages.read(area, "en");
        for (String language : Messages.LANGUAGES) {
            Properties texts = Messages.read(area, language);
            assertThat(texts.keySet()).as(language).isEqualTo(english.keySet());
            english.forEach((key, text) -> {
                String translated = texts.getProperty((String) key);
                assertThat(places(translated)).as(key + " in " + language).isEqualTo(places((String) text));
                assertThat(translated).as(key + " in " + language).isNotBlank().doesNotContain("'");
            });
        }
    }

    private static Set<String> places(String text) {
        return new MessageFormat(text, Locale.ROOT).getArgumentNames();
    }

    /** Checks that each number up to 200 has its plural form. For 0, a form is needed only if the English text has one. */
    @ParameterizedTest
    @MethodSource("areas")
    void every_plural_has_the_forms_of_its_language(String area) {
        Properties english = Messages.read(area, "en");
        for (String language : Messages.LANGUAGES) {
            PluralRules rules = PluralRules.forLocale(Locale.forLanguageTag(language));
            Messages.read(area, language).forEach((key, text) -> {
                boolean canBeZero = english.getProperty((String) key).contains("=0{");
                for (Set<String> forms : plurals((String) text)) {
                    for (int number = canBeZero ? 0 : 1; number <= 200; number++) {
                        assertThat(forms)
                                .as("the form of %d in %s in %s", number, key, language)
                                .containsAnyOf("=" + number, rules.select(number));
                    }
                }
            });
        }
    }

    /** Returns the selectors of each plural in a pattern. */
    private static List<Set<String>> plurals(String text) {
        MessagePattern pattern = new MessagePattern(text);
        List<Set<String>> plurals = new ArrayList<>();
        for (int i = 0; i < pattern.countParts(); i++) {
            MessagePattern.Part start = pattern.getPart(i);
            if (start.getType() == MessagePattern.Part.Type.ARG_START
                    && start.getArgType() == MessagePattern.ArgType.PLURAL) {
                plurals.add(IntStream.range(i, pattern.getLimitPartIndex(i))
                        .mapToObj(pattern::getPart)
                        .filter(part -> part.getType() == MessagePattern.Part.Type.ARG_SELECTOR)
                        .map(pattern::getSubstring)
                        .collect(Collectors.toSet()));
            }
        }
        return plurals;
    }

    @ParameterizedTest
    @MethodSource("areas")
    void every_text_has_the_prefix_of_its_area(String area) {
        Messages.read(area, "en")
                .keySet()
                .forEach(key -> assertThat((String) key)
                        .matches(area.equals("common") ? "(common|trouble)\\..+" : Pattern.quote(area) + "\\..+"));
    }

    @ParameterizedTest
    @MethodSource("sources")
    void every_referenced_text_exists(Path source) throws IOException {
        assertThat(SAID.matcher(Files.readString(source)).results().map(said -> said.group(1)))
                .as(source.toString())
                .allMatch(Messages.in("en")::has);
    }

    /** Checks that earlier words for the same thing are not used again. */
    @ParameterizedTest
    @CsvSource({"en, version", "en, picture", "fr, révis", "fr, échouées"})
    void one_thing_has_one_word(String language, String other) {
        assertThat(Messages.AREAS)
                .flatExtracting(area -> Messages.read(area, language).values())
                .isNotEmpty()
                .noneMatch(text -> ((String) text).toLowerCase(Locale.ROOT).contains(other));
    }

    @ParameterizedTest
    @MethodSource("areas")
    void every_text_is_referenced(String area) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path source : sources().toList()) {
            all.append(Files.readString(source));
        }
        String code = all.toString();

        assertThat(Messages.read(area, "en").stringPropertyNames())
                .allMatch(key -> code.contains('"' + key + '"')
                        || BUILT.stream().anyMatch(key::startsWith)
                        || BUILT_ONE_BY_ONE.contains(key));
    }

    static Stream<Path> sources() throws IOException {
        return Stream.of("src/main/jte", "src/main/java/org/librarypeers/app").flatMap(root -> {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                return files.filter(Files::isRegularFile).toList().stream();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }
}
