package org.librarypeers.oai;

import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/**
 * A reader of answers. A page that is well-formed is read as it is. Otherwise each of its records is read on its own, so that a bad record
 * costs only itself.
 */
final class PageReader {

    private static final Pattern WEB_PAGE = Pattern.compile(
            "\\s*(<\\?xml[^>]*>\\s*)?(<!doctype\\s+html|<html)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String END = "</";

    private PageReader() {}

    /**
     * Reads an answer.
     *
     * @throws AnswerException if it is not the answer of a repository, or is broken outside its records
     */
    static OaiPage read(AnswerBody body) throws AnswerException {
        PageText page = PageText.of(body);
        String text = page.text();
        if (WEB_PAGE.matcher(text).matches()) {
            throw AnswerException.body("a web page", null);
        } else if (!text.stripLeading().startsWith("<")) {
            throw AnswerException.body(text.isBlank() ? "an empty body" : "a body that is not XML", null);
        }
        try {
            return read(page).answeredAt(body.date());
        } catch (XMLStreamException e) {
            throw AnswerException.body("XML that cannot be read (" + line(e) + ")", e);
        }
    }

    private static OaiPage read(PageText page) throws XMLStreamException {
        if (page.isDamaged()) {
            return PageRecovery.read(page.text());
        }
        try {
            return PageParser.parse(new BoundedXml(page.text()));
        } catch (XMLStreamException e) {
            if (!page.text().stripTrailing().endsWith(">") || !page.text().contains(END)) {
                throw e;
            }
            return PageRecovery.read(page.text());
        }
    }

    /** Returns the problem on one line, without the position that Java puts before and after it. */
    static String line(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        return message.replaceFirst("(?s)^ParseError at .*?Message: ", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
