package org.librarypeers.sync.catalogue;

/**
 * An order of entries by their titles in one language, in the order of Unicode code points, and then by number. Only the first {@value
 * #LENGTH} characters of a title count. Entries without a title in the language come first.
 *
 * @param language the language code
 * @param descending whether the order is reversed
 */
public record TitleOrder(String language, boolean descending) {

    /** The number of characters of a title that are compared. */
    public static final int LENGTH = 500;
}
