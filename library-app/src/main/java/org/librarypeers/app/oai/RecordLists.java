package org.librarypeers.app.oai;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.Xml;
import org.librarypeers.sync.catalogue.DatedEntry;
import org.librarypeers.sync.catalogue.DatedFeed;
import org.librarypeers.sync.catalogue.DatedQuery;
import org.librarypeers.sync.catalogue.DatedSet;

/** The lists of records and of their headers, in the order of the change feed. */
final class RecordLists {

    /** The number of records in an answer. */
    static final int RECORDS = 100;

    /** The number of headers in an answer. */
    static final int HEADERS = 500;

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.!~*'()-]+");

    private final Repository repository;
    private final DatedFeed feed;

    RecordLists(Repository repository, DatedFeed feed) {
        this.repository = repository;
        this.feed = feed;
    }

    /** Returns the format with this prefix. */
    static MetadataFormat format(String prefix) throws OaiException {
        if (!PREFIX.matcher(prefix).matches()) {
            throw OaiException.badArgument("the metadataPrefix has characters that no prefix can have");
        }
        return MetadataFormat.of(prefix)
                .orElseThrow(() -> new OaiException(
                        OaiException.Code.CANNOT_DISSEMINATE_FORMAT,
                        "there is no metadataPrefix '" + prefix + "'; ListMetadataFormats tells which there are"));
    }

    /** Reads the part of a list that a request asks for. */
    OaiAnswer.Content read(OaiRequest request, String home) throws OaiException {
        String sent = request.token();
        ResumptionToken part = sent == null ? begin(request) : ResumptionToken.read(request.verb(), sent);
        MetadataFormat format = MetadataFormat.of(part.prefix()).orElseThrow(OaiException::badToken);
        boolean whole = request.verb() == Verb.LIST_RECORDS;
        int size = whole ? RECORDS : HEADERS;
        // One more tells whether another part follows.
        List<DatedEntry> found = set(part)
                .map(set -> feed.entries(
                        new DatedQuery(part.period().from(), part.period().until(), set, part.after()), size + 1))
                .orElse(List.of());
        if (found.isEmpty()) {
            throw new OaiException(OaiException.Code.NO_RECORDS_MATCH, "no records match these arguments");
        }
        List<DatedEntry> entries = found.subList(0, Math.min(size, found.size()));
        ResumptionToken next = found.size() > size ? after(part, entries) : null;
        RecordWriter writer = new RecordWriter(repository, home);
        return xml -> {
            for (DatedEntry entry : entries) {
                if (whole) {
                    writer.record(xml, entry, format);
                } else {
                    writer.header(xml, entry);
                }
            }
            resumption(xml, part, next);
        };
    }

    private static Optional<DatedSet> set(ResumptionToken part) {
        return part.set().isEmpty() ? Optional.of(DatedSet.ALL) : SetSpec.parse(part.set());
    }

    /** Returns the beginning of the list that the arguments describe, as the token of its first part would. */
    private static ResumptionToken begin(OaiRequest request) throws OaiException {
        String prefix = request.required("metadataPrefix");
        Period period = Period.read(request.argument("from"), request.argument("until"));
        Optional<String> set = request.argument("set");
        if (set.isPresent() && !SetSpec.isSetSpec(set.get())) {
            throw OaiException.badArgument("the set is not a setSpec; ListSets tells which sets there are");
        }
        return new ResumptionToken(request.verb(), format(prefix).prefix(), period, set.orElse(""), 0, 0);
    }

    private static ResumptionToken after(ResumptionToken part, List<DatedEntry> entries) {
        return part.next(entries.get(entries.size() - 1).position(), entries.size());
    }

    /**
     * Writes the token of the next part. The last part has an empty token, unless it is the only one. The cursor counts the entries of the
     * parts so far.
     */
    static void resumption(Xml xml, ResumptionToken part, @Nullable ResumptionToken next) throws XMLStreamException {
        if (next != null || part.cursor() > 0) {
            xml.start("resumptionToken")
                    .with("cursor", String.valueOf(part.cursor()))
                    .text(next == null ? "" : next.toString())
                    .end();
        }
    }
}
