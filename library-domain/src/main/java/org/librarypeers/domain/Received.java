package org.librarypeers.domain;

import java.util.Optional;

/** The result of receiving a resource from a peer. {@link Resource} decides; the caller saves. */
public sealed interface Received {

    /** Returns the kind of outcome under which the item is counted. */
    Outcome.Kind outcome();

    /** Returns the resource to save. Empty if this library has nothing to save. */
    Optional<Resource> toSave();

    /**
     * Returns the decision to record if the sender's policy published what was received. Empty if nothing was published.
     *
     * @param delivery the context in which the resource was received
     */
    default Optional<Decision> publication(Delivery delivery) {
        return Optional.empty();
    }

    /** Returns why the resource is invalid, in a short text for the administrator. Empty if it is valid. */
    default Optional<QuarantineReason> problem() {
        return Optional.empty();
    }

    /**
     * The resource is new in this library.
     *
     * @param resource the resource to save; pending, or public by the policy of the sender
     */
    record New(Resource resource) implements Received {

        @Override
        public Outcome.Kind outcome() {
            return Outcome.Kind.ADDED;
        }

        @Override
        public Optional<Resource> toSave() {
            return Optional.of(resource);
        }

        @Override
        public Optional<Decision> publication(Delivery delivery) {
            return resource.publicationBy(delivery);
        }
    }

    /**
     * The source changed the resource.
     *
     * @param resource the resource to save, with the new content either current or waiting for review
     * @param overwritten the newest revision so far; it moves to the history or stays public
     */
    record Updated(Resource resource, Revision overwritten) implements Received {

        @Override
        public Outcome.Kind outcome() {
            return Outcome.Kind.UPDATED;
        }

        @Override
        public Optional<Resource> toSave() {
            return Optional.of(resource);
        }

        @Override
        public Optional<Decision> publication(Delivery delivery) {
            return resource.publicationBy(delivery);
        }
    }

    /**
     * The content is already known, but its origin changed: another peer is now its source, or the route changed.
     *
     * @param resource the resource to save, with the new origin
     */
    record Followed(Resource resource) implements Received {

        @Override
        public Outcome.Kind outcome() {
            return Outcome.Kind.UNCHANGED;
        }

        @Override
        public Optional<Resource> toSave() {
            return Optional.of(resource);
        }
    }

    /** The resource is the same as the last time this peer sent it. */
    record Unchanged() implements Received {

        @Override
        public Outcome.Kind outcome() {
            return Outcome.Kind.UNCHANGED;
        }

        @Override
        public Optional<Resource> toSave() {
            return Optional.empty();
        }
    }

    /** The resource was created in this library, so the peer's version is ignored. */
    record KeptLocal() implements Received {

        @Override
        public Outcome.Kind outcome() {
            return Outcome.Kind.KEPT_LOCAL;
        }

        @Override
        public Optional<Resource> toSave() {
            return Optional.empty();
        }
    }

    /** The resource has another peer as its source. */
    record KeptOtherSource() implements Received {

        @Override
        public Outcome.Kind outcome() {
            return Outcome.Kind.KEPT_OTHER_SOURCE;
        }

        @Override
        public Optional<Resource> toSave() {
            return Optional.empty();
        }
    }

    /**
     * The resource was left out because of the selection rule of the peer or a refusal. The resource in this library
     * stays as it is.
     */
    record LeftOut() implements Received {

        @Override
        public Outcome.Kind outcome() {
            return Outcome.Kind.LEFT_OUT;
        }

        @Override
        public Optional<Resource> toSave() {
            return Optional.empty();
        }
    }

    /**
     * The item cannot be saved, because it is invalid or unreadable.
     *
     * @param reason why it cannot be saved
     */
    record Invalid(QuarantineReason reason) implements Received {

        /** Creates a result with a reason of this kind. */
        public Invalid(QuarantineReason.Kind kind, String detail) {
            this(new QuarantineReason(kind, detail));
        }

        @Override
        public Outcome.Kind outcome() {
            return Outcome.Kind.FAILED;
        }

        @Override
        public Optional<Resource> toSave() {
            return Optional.empty();
        }

        @Override
        public Optional<QuarantineReason> problem() {
            return Optional.of(reason);
        }
    }
}
