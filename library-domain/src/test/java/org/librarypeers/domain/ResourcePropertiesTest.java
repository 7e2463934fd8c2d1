package org.librarypeers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.domain.Samples.EDITOR;
import static org.librarypeers.domain.Samples.GUID;
import static org.librarypeers.domain.Samples.LATER;
import static org.librarypeers.domain.Samples.NOW;
import static org.librarypeers.domain.Samples.ORB;
import static org.librarypeers.domain.Samples.after;
import static org.librarypeers.domain.Samples.from;
import static org.librarypeers.domain.Samples.incoming;
import static org.librarypeers.domain.Samples.state;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Properties of a resource that hold for any input in any order. */
@Domain(Hostile.Values.class)
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
@Domain(DomainContext.Global.class)
class ResourcePropertiesTest {

    @Property(tries = 300)
    void a_local_resource_never_changes_by_receiving(
            @ForAll ResourceContent own,
            @ForAll @Size(max = 4) List<IncomingResource> sent,
            @ForAll Delivery delivery) {
        Resource local = Resource.create(GUID, own, EDITOR, NOW).approve(NOW);
        List<Object> before = state(local);

        for (IncomingResource incoming : sent) {
            assertThat(local.receive(incoming, delivery)).isEqualTo(new Received.KeptLocal());
        }

        assertThat(state(local)).isEqualTo(before);
    }

    @Property(tries = 300)
    void what_arrives_new_is_pending_and_says_what_was_sent(@ForAll IncomingResource sent, @ForAll Delivery delivery) {
        Received received = Resource.adopt(sent, delivery);

        assertThat(received).isInstanceOfSatisfying(Received.New.class, added -> {
            assertThat(added.resource().status()).isEqualTo(Status.PENDING);
            assertThat(added.resource().guid()).isEqualTo(sent.guid());
            assertThat(added.resource().content()).isEqualTo(sent.content());
            assertThat(added.resource().revision().author()).isEqualTo(delivery.author());
            assertThat(added.resource().version()).isZero();
        });
    }

    @Property(tries = 300)
    void receiving_twice_equals_receiving_once(
            @ForAll IncomingResource first, @ForAll IncomingResource second, @ForAll Delivery delivery) {
        Resource adopted = ((Received.New) Resource.adopt(first, delivery)).resource();
        assertThat(adopted.receive(first, delivery)).isEqualTo(new Received.Unchanged());

        Resource once = after(adopted, adopted.receive(second, delivery));
        Received again = once.receive(second, delivery);

        assertThat(again).isEqualTo(new Received.Unchanged());
        assertThat(state(after(once, again))).isEqualTo(state(once));
    }

    @Property(tries = 300)
    void what_updates_overwrote_can_be_read_back_in_order(
            @ForAll @Size(min = 2, max = 6) List<ResourceContent> contents) {
        Resource resource = ((Received.New) Resource.adopt(incoming(contents.get(0)), from(ORB))).resource();
        List<Revision> said = new ArrayList<>(List.of(resource.revision()));
        List<Revision> overwritten = new ArrayList<>();

        for (int i = 1; i < contents.size(); i++) {
            Received received = resource.receive(incoming(contents.get(i)), from(ORB, i + 1, NOW.plusSeconds(i)));
            if (received instanceof Received.Updated updated) {
                overwritten.add(updated.overwritten());
                said.add(updated.resource().revision());
                resource = updated.resource();
            }
            assertThat(resource.content().fingerprint())
                    .isEqualTo(contents.get(i).fingerprint());
        }

        assertThat(overwritten).isEqualTo(said.subList(0, said.size() - 1));
        assertThat(said).extracting(Revision::number).isSorted().doesNotHaveDuplicates();
        assertThat(resource.revision().number()).isEqualTo(said.size());
    }

    @Property(tries = 300)
    void no_verbs_in_any_order_change_guid_slug_or_birth(
            @ForAll IncomingResource sent, @ForAll("verbs") List<Verb> verbs) {
        for (Resource start : List.of(
                Resource.create(GUID, sent.content(), EDITOR, NOW),
                ((Received.New) Resource.adopt(sent, from(ORB))).resource())) {
            Resource resource = start;
            for (Verb verb : verbs) {
                resource = verb.on(resource);
            }

            assertThat(resource.guid()).isEqualTo(GUID);
            assertThat(resource.slug()).isEqualTo(start.slug());
            assertThat(resource.created()).isEqualTo(start.created());
            assertThat(resource.version()).isEqualTo(start.version());
            assertThat(resource.origin().getClass()).isEqualTo(start.origin().getClass());
        }
    }

    interface Verb {
        Resource on(Resource resource);
    }

    @Provide
    Arbitrary<List<Verb>> verbs() {
        Arbitrary<Verb> decisions = Arbitraries.of(
                resource -> resource.approve(LATER),
                resource -> resource.reject(LATER),
                resource -> resource.status() == Status.APPROVED ? resource.archive(LATER) : resource);
        Arbitrary<Verb> edits = Hostile.content().map(content -> resource -> resource.edit(content, EDITOR, LATER));
        Arbitrary<Verb> receipts = Combinators.combine(Hostile.incoming(), Hostile.delivery())
                .as((sent, delivery) -> resource -> after(resource, resource.receive(sent, delivery)));
        return Arbitraries.oneOf(decisions, edits, receipts).list().ofMaxSize(12);
    }

    @Property(tries = 300)
    void a_resource_that_calls_itself_otherwise_is_invalid(@ForAll Guid other, @ForAll ResourceContent content) {
        Resource resource = Samples.adopted(content, ORB);

        Received received = resource.receive(new IncomingResource(other, content, null, null, null), from(ORB));

        assertThat(received)
                .isInstanceOfSatisfying(
                        Received.Invalid.class,
                        invalid -> assertThat(invalid.reason().detail())
                                .contains(GUID.toString())
                                .contains(other.toString()));
    }
}
