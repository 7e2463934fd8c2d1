package org.librarypeers.oai;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.sync.peer.Fetched;

/**
 * A reader of pages with bad records. It cuts the records out. The rest must be well-formed; otherwise the page itself
 * is broken. Then it reads each record in the frame of the page, which declares the namespaces.
 */
final class PageRecovery {

    private static final int MAX_ELEMENTS = 5_000;
    private static final String REPLACED = "\uFFFD";
    private static final Pattern RECORD = Pattern.compile("<(\\w+:)?record(?:\\s[^<>]*)?(?<!/)>");
    private static final Pattern ROOT = Pattern.compile("<((?:\\w+:)?" + PageParser.ROOT + ")\\b[^>]*>");
    private static final Pattern IDENTIFIER =
            Pattern.compile("<(?:\\w+:)?identifier(?:\\s[^>]*)?>\\s*([^<>]{1,500}?)\\s*</");
    private static final Pattern DATESTAMP =
            Pattern.compile("<(?:\\w+:)?datestamp(?:\\s[^>]*)?>\\s*([^<>]{1,40}?)\\s*</");
    private static final Pattern DELETED = Pattern.compile("<(?:\\w+:)?header\\s[^>]*status\\s*=\\s*[\"']deleted[\"']");
    private static final Pattern HEADER_END = Pattern.compile("</(?:\\w+:)?header\\s*>");

    private final String before;
    private final String after;

    private PageRecovery(String root, String name) {
        this.before = root + "<ListRecords>";
        this.after = "</ListRecords></" + name + ">";
    }

    /**
     * Reads a page whose records cannot be read together.
     *
     * @throws XMLStreamException if the page is broken outside its records
     */
    static OaiPage read(String text) throws XMLStreamException {
        List<String> records = new ArrayList<>();
        OaiPage frame = PageParser.parse(new BoundedXml(cut(text, records)));
        Matcher root = ROOT.matcher(text);
        if (!root.find()) {
            throw new XMLStreamException("the root element is missing");
        }
        PageRecovery recovery = new PageRecovery(root.group(), root.group(1));
        return frame.withRecords(records.stream().map(recovery::record).toList());
    }

    /** Returns the text without its records, and adds these to the list. */
    private static String cut(String text, List<String> records) {
        StringBuilder frame = new StringBuilder();
        Matcher record = RECORD.matcher(text);
        int from = 0;
        while (record.find(from)) {
            String prefix = record.group(1) == null ? "" : record.group(1);
            String end = "</" + prefix + "record>";
            int to = text.indexOf(end, record.end());
            if (to < 0) {
                break;
            }
            frame.append(text, from, record.start());
            from = to + end.length();
            records.add(text.substring(record.start(), from));
        }
        return frame.append(text.substring(from)).toString();
    }

    private OaiRecord record(String text) {
        if (text.contains(REPLACED)) {
            return unreadable(
                    text,
                    QuarantineReason.Kind.UNREADABLE,
                    "the record has bytes that are not text in the character set of the page");
        }
        try {
            return PageParser.parse(new BoundedXml(before + text + after, MAX_ELEMENTS))
                    .records()
                    .get(0);
        } catch (BoundedXml.TooLargeException e) {
            return unreadable(text, QuarantineReason.Kind.TOO_LARGE, "the record has " + PageReader.line(e));
        } catch (XMLStreamException e) {
            return unreadable(
                    text, QuarantineReason.Kind.UNREADABLE, "the record is not well-formed XML: " + PageReader.line(e));
        }
    }

    /** Returns a record of which only the header is known, as far as it can be recognized. */
    private static OaiRecord unreadable(String text, QuarantineReason.Kind kind, String why) {
        Matcher end = HEADER_END.matcher(text);
        String header = end.find() ? text.substring(0, end.end()) : text.substring(0, Math.min(text.length(), 2_000));
        Fetched.Unreadable reason = new Fetched.Unreadable(kind, why);
        boolean deleted = DELETED.matcher(header).find();
        return new OaiRecord(
                first(IDENTIFIER, header),
                first(DATESTAMP, header),
                deleted,
                RawIdentifiers.of(text),
                deleted ? null : reason);
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() && !found.group(1).contains(REPLACED) ? found.group(1) : "";
    }
}
