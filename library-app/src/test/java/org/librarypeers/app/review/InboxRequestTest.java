package org.librarypeers.app.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.app.OfflineLibrary;
import org.librarypeers.app.web.FormData;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.inmemory.InMemoryStorage;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.InboxOrder;
import org.librarypeers.sync.storage.Source;

/** Tests of the address of the inbox, and of the note of a decision. */
class InboxRequestTest {

    private static final Guid GUID = Guid.of("0b6d1b1c-5d6e-4c0e-9a52-0f2d8f6f3a11");

    private final InMemoryStorage storage = new InMemoryStorage();
    private CatalogueTag nurse;

    @BeforeEach
    void tag() {
        nurse = storage.tags().findOrAdd(Tag.of("Audience", "Nurse"));
    }

    private InboxRequest read(String query) {
        return InboxRequest.of(OfflineLibrary.visit("/review?" + query), storage.tags());
    }

    @Test
    void without_parameters_it_is_everything_that_is_pending() {
        InboxRequest all = read("");

        assertThat(all.kind()).isEqualTo(Kind.PENDING);
        assertThat(all.filter()).isEqualTo(InboxFilter.ALL);
        assertThat(all.isFiltered()).isFalse();
        assertThat(all.tagKnown()).isTrue();
        assertThat(all.address()).isEqualTo("/review?kind=pending");
    }

    @Test
    void an_address_is_read_back_as_it_was_written() {
        InboxRequest read = read("kind=changed&peer=3&tag=" + nurse.slug() + "&language=PT-br");

        assertThat(read.filter()).isEqualTo(new InboxFilter(new Source.Followed(new PeerId(3)), nurse.id(), "pt-br"));
        assertThat(read.isFiltered()).isTrue();
        assertThat(read.address()).isEqualTo("/review?kind=changed&peer=3&tag=" + nurse.slug() + "&language=PT-br");
        assertThat(read.address("after", GUID)).isEqualTo(read.address() + "&after=" + GUID);
        assertThat(read.address(GUID)).isEqualTo(read.address() + "&item=" + GUID);
        assertThat(read.of(Kind.WITHDRAWN).address()).isEqualTo(read.address().replace("changed", "withdrawn"));
        assertThat(read.tagged(new Slug("water")).address()).contains("&tag=water&");
    }

    @Test
    void words_and_an_order_are_read_back_as_they_were_written() {
        InboxRequest read = read("q=+safe+w%C3%A4ter%26+&sort=title&after=" + GUID);

        assertThat(read.filter()).isEqualTo(new InboxFilter(null, null, null, "safe wäter&"));
        assertThat(read.order()).isEqualTo(InboxOrder.TITLE);
        assertThat(read.address()).isEqualTo("/review?kind=pending&q=safe+w%C3%A4ter%26&sort=title");
        assertThat(read.here()).isEqualTo(read.address() + "&after=" + GUID);
        assertThat(read.of(Kind.WITHDRAWN).here()).isEqualTo(read.address().replace("pending", "withdrawn"));
        assertThat(read("sort=guid").order()).isEqualTo(InboxOrder.NEWEST);
        assertThat(read("q=" + "x".repeat(500)).text()).hasSize(200);
    }

    @Test
    void a_page_of_a_resource_leads_to_such_pages_and_one_beside_the_list_to_the_list() {
        InboxRequest alone = InboxRequest.of(OfflineLibrary.visit("/review/" + GUID + "?kind=changed"), storage.tags());
        InboxRequest beside = InboxRequest.of(
                OfflineLibrary.visit("/review/" + GUID + "?kind=changed&panes=1&after=" + GUID), storage.tags());

        assertThat(alone.address(GUID)).isEqualTo("/review/" + GUID + "?kind=changed");
        assertThat(alone.action(GUID)).isEqualTo(alone.address(GUID));
        assertThat(beside.address(GUID)).isEqualTo("/review?kind=changed&after=" + GUID + "&item=" + GUID);
        assertThat(beside.action(GUID)).isEqualTo("/review/" + GUID + "?kind=changed&after=" + GUID + "&panes=1");
    }

    @ParameterizedTest
    @CsvSource({"pending, PENDING", "changed, CHANGED_UPSTREAM", "withdrawn, WITHDRAWN", "lost, PENDING"})
    void each_kind_has_a_word(String word, Kind kind) {
        assertThat(read("kind=" + word).kind()).isEqualTo(kind);
        assertThat(InboxRequest.word(kind)).isEqualTo(word.equals("lost") ? "pending" : word);
        assertThat(read("kind=" + word).word()).isEqualTo(InboxRequest.word(kind));
    }

    @Test
    void a_peer_is_a_number_or_here_and_anything_else_is_ignored() {
        assertThat(read("peer=here").filter().source()).isEqualTo(new Source.Here());
        assertThat(read("peer=here").peer()).isEqualTo("here");
        assertThat(read("peer=999999999999999").filter().source())
                .isEqualTo(new Source.Followed(new PeerId(999_999_999_999_999L)));
        for (String wrong : new String[] {"0", "-1", "x", "1000000000000000"}) {
            assertThat(read("peer=" + wrong).peer()).as(wrong).isEmpty();
            assertThat(read("peer=" + wrong).filter().source()).as(wrong).isNull();
        }
    }

    @Test
    void a_tag_is_found_by_slug_or_name_and_an_unknown_one_finds_nothing() {
        assertThat(read("tag=Nurse").filter().tag()).isEqualTo(nurse.id());
        for (String unknown : new String[] {"midwife", "Nur%01se"}) {
            InboxRequest read = read("tag=" + unknown);
            assertThat(read.tagKnown()).as(unknown).isFalse();
            assertThat(read.filter().tag()).as(unknown).isEqualTo(-1);
        }
    }

    @Test
    void a_decision_has_a_word_and_a_confirmation() {
        assertThat(DecisionWord.of("approve")).contains(DecisionWord.APPROVE);
        assertThat(DecisionWord.of("reject")).contains(DecisionWord.REJECT);
        assertThat(DecisionWord.of("lose")).isEmpty();
        assertThat(DecisionWord.REJECT.key("one")).isEqualTo("review.rejected.one");
    }

    @Test
    void a_note_has_at_most_2000_characters_that_can_be_stored() {
        FormData good = DecisionWord.note(OfflineLibrary.sent("note", "a\r\nb" + "x".repeat(1_997)));
        assertThat(good.isGood()).isTrue();
        assertThat(good.value("note")).startsWith("a\nbx").hasSize(2_000);
        assertThat(DecisionWord.note(OfflineLibrary.sent("note", "\ud83d\udca7"))
                        .isGood())
                .isTrue();

        assertThat(DecisionWord.note(OfflineLibrary.sent("note", "x".repeat(2_001)))
                        .wrong("note"))
                .contains("2,001", "2,000");
        assertThat(DecisionWord.note(OfflineLibrary.sent("note", "a\u0000b")).wrong("note"))
                .isNotNull();
    }

    @Test
    void kinds_without_a_count_have_none() {
        InboxView view = new InboxView(
                read(""),
                Map.of(Kind.PENDING, 3L),
                0,
                0,
                List.of(),
                false,
                false,
                "",
                null,
                null,
                null,
                false,
                List.of(),
                List.of(),
                List.of());

        assertThat(view.count(Kind.PENDING)).isEqualTo(3);
        assertThat(view.count(Kind.WITHDRAWN)).isZero();
    }
}
