package org.librarypeers.oai;

import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.DublinCoreMapping;

/**
 * A value of a record.
 *
 * @param element the element
 * @param language the value of {@code xml:lang}, as the repository wrote it; null if it is missing
 * @param text the text
 */
record DublinCoreValue(
        DublinCoreMapping.Element element, @Nullable String language, String text) {}
