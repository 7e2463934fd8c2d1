package org.librarypeers.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.librarypeers.app.web.WordDiff.Kind;
import org.librarypeers.app.web.WordDiff.Piece;

class WordDiffTest {

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> known =
                Arbitraries.of("a", "b", "water", "مياه", "健", "康", " ", "\n", ".", "<b>", "👩‍⚕️", "é");
        return Arbitraries.oneOf(
                known.list().ofMaxSize(40).map(tokens -> String.join("", tokens)),
                known.list().ofMaxSize(40).map(tokens -> String.join(" ", tokens)),
                Arbitraries.strings().ofMaxLength(60));
    }

    @Property
    void the_pieces_form_the_old_and_the_new_text(@ForAll("texts") String before, @ForAll("texts") String after) {
        List<Piece> pieces = WordDiff.between(before, after);

        assertThat(without(Kind.ADDED, pieces)).isEqualTo(before);
        assertThat(without(Kind.REMOVED, pieces)).isEqualTo(after);
        assertThat(pieces).noneMatch(piece -> piece.text().isEmpty());
        for (int i = 1; i < pieces.size(); i++) {
            assertThat(pieces.get(i).kind()).isNotEqualTo(pieces.get(i - 1).kind());
        }
    }

    @Property
    void a_text_has_no_differences_from_itself(@ForAll("texts") String text) {
        assertThat(WordDiff.between(text, text)).noneMatch(piece -> piece.kind() != Kind.SAME);
    }

    @Example
    void single_changed_words_are_marked() {
        assertThat(WordDiff.between("Wash your hands well.", "Wash your clean hands well!"))
                .containsExactly(
                        new Piece(Kind.SAME, "Wash your "),
                        new Piece(Kind.ADDED, "clean "),
                        new Piece(Kind.SAME, "hands well"),
                        new Piece(Kind.REMOVED, "."),
                        new Piece(Kind.ADDED, "!"));
    }

    @Example
    void adjacent_replaced_words_form_one_piece() {
        assertThat(WordDiff.between("for new midwives here", "for old nurses here"))
                .containsExactly(
                        new Piece(Kind.SAME, "for "),
                        new Piece(Kind.REMOVED, "new midwives"),
                        new Piece(Kind.ADDED, "old nurses"),
                        new Piece(Kind.SAME, " here"));
    }

    @Example
    void as_little_text_as_possible_is_marked() {
        String before = IntStream.range(0, 3_000).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
        String after = before.replace("word1500 ", "").replace("word20 ", "other ");

        assertThat(WordDiff.between(before, after))
                .filteredOn(piece -> piece.kind() != Kind.SAME)
                .containsExactly(
                        new Piece(Kind.REMOVED, "word20"),
                        new Piece(Kind.ADDED, "other"),
                        new Piece(Kind.REMOVED, " word1500"));
    }

    @Example
    void texts_with_too_little_in_common_are_replaced_between_their_common_ends() {
        String before = numbers(1);
        String after = numbers(7_919);

        List<Piece> pieces = WordDiff.between("From " + before + " to", "From " + after + " to");

        assertThat(pieces.stream().map(Piece::kind)).containsExactly(Kind.SAME, Kind.REMOVED, Kind.ADDED, Kind.SAME);
        assertThat(without(Kind.ADDED, pieces)).isEqualTo("From " + before + " to");
        assertThat(without(Kind.REMOVED, pieces)).isEqualTo("From " + after + " to");
    }

    /** Returns numbered words in an order that depends on the step. */
    private static String numbers(int step) {
        return IntStream.range(0, 30_000)
                .mapToObj(i -> "w" + (long) i * step % 30_011)
                .collect(Collectors.joining(" "));
    }

    @Example
    void long_unchanged_text_is_shortened_to_its_ends() {
        String same = "same ".repeat(500);
        List<Piece> pieces = WordDiff.shortened(WordDiff.between(same + "old", same + "new"));

        assertThat(pieces.get(0).text())
                .startsWith("same same")
                .contains(" … ")
                .endsWith("same ")
                .hasSizeLessThan(500);
        assertThat(pieces.subList(1, 3)).containsExactly(new Piece(Kind.REMOVED, "old"), new Piece(Kind.ADDED, "new"));
    }

    private static String without(Kind kind, List<Piece> pieces) {
        return pieces.stream()
                .filter(piece -> piece.kind() != kind)
                .map(Piece::text)
                .collect(Collectors.joining());
    }
}
