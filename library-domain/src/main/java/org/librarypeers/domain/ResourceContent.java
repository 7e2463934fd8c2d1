package org.librarypeers.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The content of a resource: everything that a peer's update replaces and an editor can change.
 *
 * @param title the title; never empty
 * @param description HTML as its author wrote it, <b>not</b> safe to display without sanitizing; may be empty
 * @param attribution the credits; may be empty
 * @param studyTime the time that it takes to study the resource
 * @param bornOn the date on which the author created the resource, or null
 * @param image the address of an image, or null
 * @param tags the tags without duplicates, in the given order
 * @param attachments the links and files, sorted by {@link AttachmentKind}, then by {@link Attachment#order}
 * @param mappedTags the tags that a {@linkplain TagMapping mapping} replaced, in the given order; records of tags that the resource
 *     no longer has are dropped
 */
public record ResourceContent(
        LocalizedText title,
        LocalizedText description,
        LocalizedText attribution,
        StudyTime studyTime,
        @Nullable BornOn bornOn,
        @Nullable String image,
        List<Tag> tags,
        List<Attachment> attachments,
        List<MappedTag> mappedTags) {

    /** The maximum length of a title in one language, in characters. */
    public static final int MAX_TITLE = 1_000;

    /** The maximum number of tags in one resource. */
    public static final int MAX_TAGS = 1_000;

    /** The maximum number of attachments of each kind in one resource. */
    public static final int MAX_ATTACHMENTS = 1_000;

    private static final Comparator<Attachment> LISTED =
            Comparator.comparing(Attachment::kind).thenComparingInt(Attachment::order);

    /**
     * Validates the content. Removes duplicate tags.
     *
     * @throws IllegalArgumentException if the title is missing, a text is too long, there are too many tags or
     *     attachments, or two attachments have the same GUID
     */
    public ResourceContent {
        title = title.withoutOverrides().within("title", MAX_TITLE);
        if (title.isEmpty()) {
            throw new InvalidValueException(QuarantineReason.Kind.NO_TITLE, "title is missing");
        }
        image = Checks.optionalLiteral("image", image, Attachment.MAX_URL);
        notTooMany("tags", tags.size(), MAX_TAGS);
        Map<Tag.Key, Tag> distinct = new LinkedHashMap<>();
        tags.forEach(tag -> distinct.putIfAbsent(tag.key(), tag));
        tags = List.copyOf(distinct.values());
        attachments = attachments.stream().sorted(LISTED).toList();
        for (AttachmentKind kind : AttachmentKind.values()) {
            notTooMany(kind.word() + "s", of(kind, attachments).size(), MAX_ATTACHMENTS);
        }
        Set<Guid> guids = new HashSet<>();
        attachments.forEach(attachment -> unique(guids, attachment.guid()));
        mappedTags = mappedTags.isEmpty() ? List.of() : replacements(mappedTags, distinct.keySet());
    }

    /** Returns the records of replaced tags, and those of tags that another tag became too. */
    private static List<MappedTag> replacements(List<MappedTag> all, Set<Tag.Key> tags) {
        Set<Tag.Key> replaced = all.stream()
                .filter(mapped -> !mapped.isItself())
                .map(MappedTag::as)
                .filter(tags::contains)
                .collect(Collectors.toSet());
        return all.stream()
                .filter(mapped -> replaced.contains(mapped.as()))
                .distinct()
                .toList();
    }

    private static void notTooMany(String field, int count, int most) {
        if (count > most) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "resource has %,d %s; at most %,d are allowed", count, field, most));
        }
    }

    private static void unique(Set<Guid> guids, Guid guid) {
        if (!guids.add(guid)) {
            throw new IllegalArgumentException("guid " + guid + " is used by more than one link or file");
        }
    }

    /** Returns the attachments of a kind, sorted by {@link Attachment#order}. */
    public List<Attachment> attachments(AttachmentKind kind) {
        return of(kind, attachments);
    }

    private static List<Attachment> of(AttachmentKind kind, List<Attachment> all) {
        return all.stream().filter(attachment -> attachment.kind() == kind).toList();
    }

    /** Returns a builder for content with this title. */
    public static Builder titled(LocalizedText title) {
        return new Builder(title);
    }

    /** Returns a builder that starts with the values of this content. */
    public Builder toBuilder() {
        Builder builder = new Builder(title);
        builder.description = description;
        builder.attribution = attribution;
        builder.studyTime = studyTime;
        builder.bornOn = bornOn;
        builder.image = image;
        return builder.tags(tags).attachments(attachments).mappedTags(mappedTags);
    }

    /**
     * Returns whether both contents are equal as far as updates are concerned. Only category and name of a tag count,
     * because each library has its own texts for tags. The order of tags and attachments does not count.
     */
    public boolean saysTheSameAs(ResourceContent other) {
        return title.equals(other.title)
                && description.equals(other.description)
                && attribution.equals(other.attribution)
                && studyTime.equals(other.studyTime)
                && Objects.equals(bornOn, other.bornOn)
                && Objects.equals(image, other.image)
                && Set.copyOf(attachments).equals(Set.copyOf(other.attachments))
                && tagKeys().equals(other.tagKeys());
    }

    private Set<Tag.Key> tagKeys() {
        return tags.stream().map(Tag::key).collect(Collectors.toSet());
    }

    /**
     * Returns the languages in which this content is complete: those with a title and a visible description. If there
     * is no such language, returns those with a title. The codes are in alphabetical order; the set is never empty.
     */
    public Set<String> readableIn() {
        if (title.languages().size() == 1) {
            return title.languages();
        }
        Set<String> both = new LinkedHashSet<>(title.languages());
        both.removeIf(language ->
                description.in(language).filter(Spelling::showsAsHtml).isEmpty());
        return both.isEmpty() ? title.languages() : Collections.unmodifiableSet(both);
    }

    /**
     * Returns the languages in the order in which the texts of this content are chosen for a reader, so that title and
     * description are in the same language. The first is the first preferred language in which the content is complete,
     * otherwise any language in which it is complete. The preferred languages follow.
     */
    public List<String> readingOrder(List<String> preferred) {
        Set<String> readable = readableIn();
        Set<String> order = new LinkedHashSet<>();
        order.add(preferred.stream()
                .filter(readable::contains)
                .findFirst()
                .orElseGet(() -> readable.iterator().next()));
        order.addAll(preferred);
        return List.copyOf(order);
    }

    /** Returns the fingerprint of this content. */
    public Fingerprint fingerprint() {
        Fingerprint.Builder all = new Fingerprint.Builder()
                .add(title)
                .add(description)
                .add(attribution)
                .count(studyTime.number())
                .add(studyTime.unit())
                .add(bornOn)
                .add(image);
        all.count(tags.size());
        sorted(tags, Tag::key)
                .forEach(tag -> all.add(tag.category())
                        .add(tag.name())
                        .add(tag.categories())
                        .add(tag.names())
                        .add(tag.description())
                        .add(tag.summary())
                        .add(tag.image()));
        for (AttachmentKind kind : AttachmentKind.values()) {
            Collection<Attachment> ofKind = sorted(attachments(kind), Attachment::guid);
            all.count(ofKind.size());
            for (Attachment attachment : ofKind) {
                all.add(attachment.guid())
                        .add(attachment.title())
                        .add(attachment.description())
                        .add(attachment.url())
                        .count(attachment.order())
                        .add(attachment.sizeBytes());
            }
        }
        return all.build();
    }

    /** Returns the values in the order of their keys, which are distinct. Computes each key once. */
    private static <T, K extends Comparable<K>> Collection<T> sorted(List<T> all, Function<T, K> key) {
        SortedMap<K, T> sorted = new TreeMap<>();
        all.forEach(value -> sorted.put(key.apply(value), value));
        return sorted.values();
    }

    /** A builder of {@link ResourceContent}. Values that are not set are empty, unknown or null. Not thread-safe. */
    public static final class Builder {
        private LocalizedText title;
        private LocalizedText description = LocalizedText.empty();
        private LocalizedText attribution = LocalizedText.empty();
        private StudyTime studyTime = StudyTime.UNKNOWN;
        private @Nullable BornOn bornOn;
        private @Nullable String image;
        private final List<Tag> tags = new ArrayList<>();
        private final List<Attachment> attachments = new ArrayList<>();
        private List<MappedTag> mappedTags = List.of();

        private Builder(LocalizedText title) {
            this.title = title;
        }

        /** Replaces the title. */
        public Builder title(LocalizedText text) {
            this.title = text;
            return this;
        }

        /** Replaces the description. */
        public Builder description(LocalizedText html) {
            this.description = html;
            return this;
        }

        /** Replaces the attribution. */
        public Builder attribution(LocalizedText text) {
            this.attribution = text;
            return this;
        }

        /** Replaces the study time. */
        public Builder studyTime(StudyTime time) {
            this.studyTime = time;
            return this;
        }

        /** Replaces the born-on date. */
        public Builder bornOn(@Nullable BornOn date) {
            this.bornOn = date;
            return this;
        }

        /** Replaces the image. */
        public Builder image(@Nullable String address) {
            this.image = address;
            return this;
        }

        /** Replaces the tags. */
        public Builder tags(List<Tag> all) {
            tags.clear();
            tags.addAll(all);
            return this;
        }

        /** Replaces the records of mapped tags. */
        public Builder mappedTags(List<MappedTag> all) {
            mappedTags = List.copyOf(all);
            return this;
        }

        /** Replaces all attachments. */
        public Builder attachments(List<Attachment> all) {
            attachments.clear();
            attachments.addAll(all);
            return this;
        }

        /**
         * Replaces the attachments of a kind.
         *
         * @throws IllegalArgumentException if one of them is of another kind
         */
        public Builder attachments(AttachmentKind kind, List<Attachment> all) {
            attachments.removeIf(attachment -> attachment.kind() == kind);
            all.forEach(attachment -> {
                if (attachment.kind() != kind) {
                    throw new IllegalArgumentException("attachment " + attachment.guid() + " is a "
                            + attachment.kind().word() + "; only attachments of kind " + kind.word()
                            + " can be set here");
                }
                attachments.add(attachment);
            });
            return this;
        }

        /** Adds an attachment, after those of the same kind and {@link Attachment#order}. */
        public Builder attach(Attachment attachment) {
            attachments.add(attachment);
            return this;
        }

        /** Removes the attachment with this GUID, if there is one. */
        public Builder detach(Guid guid) {
            attachments.removeIf(attachment -> attachment.guid().equals(guid));
            return this;
        }

        /**
         * Builds the content.
         *
         * @throws IllegalArgumentException if the content is invalid, see the constructor of {@link ResourceContent}
         */
        public ResourceContent build() {
            return new ResourceContent(
                    title, description, attribution, studyTime, bornOn, image, tags, attachments, mappedTags);
        }
    }
}
