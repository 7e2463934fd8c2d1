package org.librarypeers.app.reader;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.PagePictures;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Wording.Text;

/**
 * A resource as its page shows it.
 *
 * @param path the path of the page
 * @param canonical the path with the language that was chosen, if any
 * @param summary the beginning of the description, for link previews; null if there is no description
 * @param picture its picture; null if it has no picture, or this library has no copy yet
 * @param studyTime the study time as text; empty if unknown
 * @param bornOn the date when the resource itself was made, as text; null if unknown
 * @param updated the day of its last change in this library, as text
 * @param licenses the tags that name its license
 * @param tags the other tags, by category
 * @param attachments its files and links
 * @param main the file or link that most readers want: the first file, otherwise the first link; null without files and links
 */
public record ResourceView(
        String path,
        String canonical,
        Text title,
        Html description,
        @Nullable String summary,
        PagePictures.@Nullable PagePicture picture,
        Text attribution,
        String studyTime,
        @Nullable String bornOn,
        String updated,
        List<Card.TagLink> licenses,
        List<TagGroup> tags,
        List<ShownAttachment> attachments,
        @Nullable ShownAttachment main,
        List<Language> languages,
        ResourceProvenance provenance,
        StaffLinks place) {

    /**
     * HTML that is safe to show.
     *
     * @param direction the writing direction: {@code ltr} or {@code rtl}
     */
    public record Html(String language, String direction, SafeHtml html) {}

    /** The tags of one category. */
    public record TagGroup(Text category, List<Card.TagLink> tags) {}

    /**
     * A link or a file, as it is shown to readers.
     *
     * @param address the address to link to; null if it is not safe to link to
     * @param written the address as text, shortened if it is long
     * @param kind the translated name of the kind of content at the address
     * @param size the size as text; empty if unknown
     * @param host the host of the address; empty if it is local or unknown, or if the title already shows it
     * @param isFile whether it is a file, and otherwise a link
     * @param preview {@code pdf}, {@code video} or {@code audio} for a file of this library that the page can show; null for
     *     any other
     * @param isDead whether the address does not work any more, as far as this library knows
     */
    public record ShownAttachment(
            Text title,
            Text description,
            @Nullable String address,
            String written,
            String kind,
            String size,
            String host,
            boolean isFile,
            @Nullable String preview,
            boolean isDead) {}

    /**
     * A language in which the resource can be read.
     *
     * @param name the name in the language of the page
     * @param current whether the page currently shows this language
     */
    public record Language(String code, String name, String address, boolean current) {}

    /**
     * The provenance of a resource.
     *
     * @param maker the name of the library that made it; null if it was made here
     * @param original its address at that library; null if unknown or not safe to link to
     * @param host the host of that address; empty if unknown
     * @param through the name of the peer that passed it on; null if that peer made it, or if it was made here
     * @param between the number of further libraries between the two that passed it on
     * @param since the day when it was added here, as text
     */
    public record ResourceProvenance(
            @Nullable String maker,
            @Nullable String original,
            String host,
            @Nullable String through,
            int between,
            String since) {}

    /**
     * The status of a resource and the links for editors and reviewers.
     *
     * @param status the last part of the message key of its status; null if it is public
     * @param edit the path of the edit form; null if the visitor may not edit it
     * @param history the path of its history; null if the visitor may not see it
     * @param review the path of the review page; null unless it waits for a review and the visitor is a reviewer
     */
    public record StaffLinks(
            @Nullable String status,
            @Nullable String edit,
            @Nullable String history,
            @Nullable String review) {

        /** Returns whether the visitor has any of these links. */
        public boolean hasActions() {
            return edit != null || history != null || review != null;
        }
    }
}
