package org.librarypeers.app.pages;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Words.Text;

/**
 * A resource as its page shows it.
 *
 * @param path its address here
 * @param canonical its address in the language in which it is read
 * @param summary the beginning of the description, for those who quote the page; null if there is none
 * @param image address of a picture; null for none
 * @param studyTime in words; empty if not known
 * @param bornOn when the resource itself was made, in words; null if not known
 * @param licenses the tags that say under which license it is
 * @param tags the other tags, by category
 */
public record ResourceView(
        String path,
        String canonical,
        Text title,
        Html description,
        @Nullable String summary,
        @Nullable String image,
        Text attribution,
        String studyTime,
        @Nullable String bornOn,
        String updated,
        List<Card.TagLink> licenses,
        List<TagGroup> tags,
        List<Part> parts,
        List<Language> languages,
        Provenance provenance,
        Place place) {

    /**
     * A text with markup that may be shown.
     *
     * @param direction where it begins: {@code ltr} or {@code rtl}
     */
    public record Html(String language, String direction, SafeHtml html) {}

    /** The tags of one category. */
    public record TagGroup(Text category, List<Card.TagLink> tags) {}

    /**
     * A link or a file.
     *
     * @param address null if it is nothing that a page may link to
     * @param written the address as it is written
     * @param kind what it leads to, as the texts name it
     * @param size in words; empty if not known
     * @param host where it is; empty if here or not known
     */
    public record Part(
            Text title,
            Text description,
            @Nullable String address,
            String written,
            String kind,
            String size,
            String host) {}

    /**
     * A language in which the resource can be read.
     *
     * @param name in the language of the page
     * @param current whether it is read in it now
     */
    public record Language(String code, String name, String address, boolean current) {}

    /**
     * Where it comes from.
     *
     * @param maker the library that made it; null for this one
     * @param original where it is there; null if not known, or nothing that a page may link to
     * @param host of the original; empty if not known
     * @param through the peer that it came through; null if the maker is that peer, or it was made here
     * @param since since when it is here, in words
     */
    public record Provenance(
            @Nullable String maker,
            @Nullable String original,
            String host,
            @Nullable String through,
            String since) {}

    /**
     * Where it stands, for those who may know.
     *
     * @param status last part of the key of its status; null for what is public
     * @param edit where it is changed; null for those who may not
     * @param history what it said before; null for those who may not
     * @param review where it is decided on; null unless it waits, and for those who may not
     */
    public record Place(
            @Nullable String status,
            @Nullable String edit,
            @Nullable String history,
            @Nullable String review) {

        /** Whether there is anything to do. */
        public boolean hasActions() {
            return edit != null || history != null || review != null;
        }
    }
}
