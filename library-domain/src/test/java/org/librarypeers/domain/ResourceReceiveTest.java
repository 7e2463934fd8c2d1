package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.domain.Samples.EDITOR;
import static org.librarypeers.domain.Samples.GUID;
import static org.librarypeers.domain.Samples.LATER;
import static org.librarypeers.domain.Samples.MALAWI;
import static org.librarypeers.domain.Samples.NOW;
import static org.librarypeers.domain.Samples.ORB;
import static org.librarypeers.domain.Samples.adopted;
import static org.librarypeers.domain.Samples.after;
import static org.librarypeers.domain.Samples.from;
import static org.librarypeers.domain.Samples.incoming;
import static org.librarypeers.domain.Samples.local;
import static org.librarypeers.domain.Samples.overwritten;
import static org.librarypeers.domain.Samples.readAgain;
import static org.librarypeers.domain.Samples.relayed;
import static org.librarypeers.domain.Samples.state;
import static org.librarypeers.domain.Samples.titled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResourceReceiveTest {

    private static final ResourceContent OLD = titled("Old");
    private static final ResourceContent NEW = titled("New");

    @Test
    void what_the_peer_made_itself_has_the_peer_as_its_source() {
        assertThat(adopted(OLD, ORB).origin())
                .isEqualTo(new Origin.FromPeer(
                        ORB.id(), "ORB", "https://orb.example.org", null, Route.UNKNOWN, OLD.fingerprint()));
    }

    @Test
    void what_the_peer_had_from_another_keeps_the_name_of_the_other() {
        Received received = Resource.adopt(relayed(OLD, "ORB", "https://orb.example.org"), from(MALAWI));

        assertThat(((Received.New) received).resource().origin())
                .isEqualTo(new Origin.FromPeer(
                        MALAWI.id(),
                        "ORB",
                        "https://orb.example.org",
                        "https://orb.example.org/resource/view/it",
                        Route.UNKNOWN,
                        OLD.fingerprint()));
    }

    @Test
    void the_host_of_the_source_address_tells_who_made_it_where_nothing_else_does() {
        IncomingResource own = new IncomingResource(GUID, OLD, null, null, "http://ORB.example.org/resource/view/it");
        IncomingResource others =
                new IncomingResource(GUID, OLD, null, null, "https://malawi.example.org:8443/resource/view/it");

        assertThat(own.isMadeBy(ORB)).isTrue();
        assertThat(own.originThrough(ORB).sourceName()).isEqualTo("ORB");
        assertThat(others.isMadeBy(ORB)).isFalse();
        assertThat(others.isMadeBy(MALAWI)).isFalse();
        assertThat(others.originThrough(ORB).sourceHost()).isEqualTo("https://malawi.example.org:8443");
        assertThat(others.originThrough(ORB).sourceName()).isEqualTo("https://malawi.example.org:8443");
    }

    @Test
    void a_source_host_counts_more_than_a_source_address() {
        IncomingResource incoming = new IncomingResource(
                GUID, OLD, null, "https://malawi.example.org", "https://orb.example.org/resource/view/it");

        assertThat(incoming.isMadeBy(MALAWI)).isTrue();
        assertThat(incoming.isMadeBy(ORB)).isFalse();
    }

    @Test
    void a_source_address_that_names_no_host_leaves_the_peer_as_the_maker() {
        IncomingResource incoming = new IncomingResource(GUID, OLD, null, null, "/resource/view/it");

        assertThat(incoming.isMadeBy(ORB)).isTrue();
        assertThat(incoming.originThrough(ORB).sourceHost()).isEqualTo("https://orb.example.org");
        assertThat(incoming.originThrough(ORB).sourceUrl()).isEqualTo("/resource/view/it");
    }

    @Test
    void a_source_that_cannot_be_kept_makes_the_item_invalid() {
        IncomingResource nowhere = new IncomingResource(GUID, NEW, "ORB", " ", null);
        IncomingResource twoLines = new IncomingResource(GUID, NEW, "ORB\nSet-Cookie: a", null, null);

        assertThat(Resource.adopt(nowhere, from(ORB)))
                .isEqualTo(new Received.Invalid(QuarantineReason.Kind.INVALID, "source host is missing"));
        assertThat(adopted(OLD, ORB).receive(twoLines, from(ORB)))
                .isEqualTo(new Received.Invalid(
                        QuarantineReason.Kind.INVALID,
                        "source name contains a control character: \"ORB?Set-Cookie: a\""));
    }

    @Test
    void an_update_replaces_the_content_and_says_who_sent_it_and_what_it_overwrote() {
        Resource before = adopted(OLD, ORB);

        Received received = before.receive(incoming(NEW), from(ORB, 7, LATER));

        Resource updated = after(before, received);
        assertThat(received).isInstanceOf(Received.Updated.class);
        assertThat(overwritten(received)).isEqualTo(before.revision());
        assertThat(updated.revision())
                .isEqualTo(new Revision(2, NEW, new Author.Sync(ORB.id(), new SyncLogId(7)), LATER));
        assertThat(updated.updated()).isEqualTo(LATER);
        assertThat(updated.created()).isEqualTo(NOW);
        assertThat(updated.origin())
                .isEqualTo(new Origin.FromPeer(
                        ORB.id(), "ORB", "https://orb.example.org", null, Route.UNKNOWN, NEW.fingerprint()));
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void an_update_leaves_the_status_alone(Status status) {
        Resource resource = withStatus(adopted(OLD, ORB), status);

        assertThat(after(resource, resource.receive(incoming(NEW), from(ORB))).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void an_update_from_a_peer_whose_updates_are_reviewed_waits_only_beside_a_public_resource(Status status) {
        Resource resource = withStatus(adopted(OLD, ORB), status);
        Delivery delivery = from(readAgain(ORB));

        Resource updated = after(resource, resource.receive(incoming(NEW), delivery));

        assertThat(updated.status()).isEqualTo(status);
        assertThat(updated.content()).isEqualTo(status == Status.APPROVED ? OLD : NEW);
        assertThat(updated.toReview().content()).isEqualTo(NEW);
        assertThat(resource.receive(incoming(OLD), delivery)).isEqualTo(new Received.Unchanged());
    }

    private static Resource withStatus(Resource resource, Status status) {
        return switch (status) {
            case PENDING -> resource;
            case APPROVED -> resource.approve(NOW);
            case REJECTED -> resource.reject(NOW);
            case ARCHIVED -> resource.approve(NOW).archive(NOW);
        };
    }

    @Test
    void what_the_peer_sent_before_does_not_overwrite_an_edit_made_here_since() {
        Resource edited = adopted(OLD, ORB).edit(titled("Edited here"), EDITOR, LATER);

        assertThat(edited.receive(incoming(OLD), from(ORB))).isEqualTo(new Received.Unchanged());
        assertThat(overwritten(edited.receive(incoming(NEW), from(ORB))).content())
                .isEqualTo(titled("Edited here"));
    }

    @Test
    void another_peer_that_only_relays_changes_nothing() {
        Resource followed = adopted(OLD, ORB);

        assertThat(followed.receive(relayed(NEW, "ORB", "https://orb.example.org"), from(MALAWI)))
                .isEqualTo(new Received.KeptOtherSource());
        assertThat(followed.receive(relayed(OLD, "ORB", "https://orb.example.org"), from(MALAWI)))
                .isEqualTo(new Received.KeptOtherSource());
    }

    @Test
    void the_library_that_made_it_takes_over_from_a_relay_and_keeps_it() {
        IncomingResource throughMalawi = relayed(OLD, "ORB", "https://orb.example.org");
        Resource followed = ((Received.New) Resource.adopt(throughMalawi, from(MALAWI))).resource();

        Received received = followed.receive(incoming(NEW), from(ORB));

        Resource taken = after(followed, received);
        assertThat(overwritten(received)).isEqualTo(followed.revision());
        assertThat(((Origin.FromPeer) taken.origin()).peer()).isEqualTo(ORB.id());
        assertThat(taken.receive(incoming(NEW), from(ORB))).isEqualTo(new Received.Unchanged());
        assertThat(taken.receive(throughMalawi, from(MALAWI))).isEqualTo(new Received.KeptOtherSource());
    }

    @Test
    void the_maker_takes_over_even_with_the_same_content_so_that_its_updates_are_followed() {
        Resource followed = ((Received.New)
                        Resource.adopt(relayed(OLD, "ORB", "https://orb.example.org"), from(MALAWI)))
                .resource();

        Resource taken = after(followed, followed.receive(incoming(OLD), from(ORB)));

        assertThat(((Origin.FromPeer) taken.origin()).peer()).isEqualTo(ORB.id());
        assertThat(taken.content()).isEqualTo(OLD);
    }

    @Test
    void a_peer_that_merely_claims_to_have_made_it_does_not_take_over() {
        Resource followed = adopted(OLD, ORB);

        assertThat(followed.receive(incoming(NEW), from(MALAWI))).isEqualTo(new Received.KeptOtherSource());
    }

    @Test
    void a_resource_of_this_library_stays_even_if_a_peer_claims_to_have_made_it() {
        Resource local = local(OLD);

        assertThat(local.receive(incoming(NEW), from(ORB))).isEqualTo(new Received.KeptLocal());
        assertThat(state(local)).isEqualTo(state(local(OLD)));
    }

    @Test
    void times_are_kept_to_the_microsecond() {
        Received received = adopted(OLD, ORB).receive(incoming(NEW), from(ORB, 2, LATER.plusNanos(999)));

        Resource updated = ((Received.Updated) received).resource();
        assertThat(updated.updated()).isEqualTo(LATER);
        assertThat(updated.revision().at()).isEqualTo(LATER);
    }

    @Test
    void a_reason_that_quotes_a_peer_is_kept_on_one_line_and_bounded() {
        Received.Invalid invalid =
                new Received.Invalid(QuarantineReason.Kind.INVALID, "a\nb\uD800" + "c".repeat(5_000));

        assertThat(invalid.reason().detail())
                .startsWith("a b c")
                .hasSize(SyncLog.MAX_MESSAGE)
                .endsWith("c…");
    }
}
