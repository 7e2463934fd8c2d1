package org.librarypeers.app.oai;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.ServedAddress;
import org.librarypeers.app.http.Xml;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.catalogue.DatedEntry;
import org.librarypeers.sync.catalogue.DatedFeed;

/** The OAI-PMH 2.0 interface, through which anyone harvests the public resources. */
public final class OaiProvider {

    /** The path of all requests. */
    static final String PATH = "/oai";

    private final Repository repository;
    private final DatedFeed feed;
    private final RecordLists lists;
    private final SetLists sets;

    /** Creates the interface to a feed. */
    public OaiProvider(Repository repository, DatedFeed feed) {
        this.repository = repository;
        this.feed = feed;
        this.lists = new RecordLists(repository, feed);
        this.sets = new SetLists(feed);
    }

    /** Adds the route for both methods of OAI-PMH. */
    public void routes(RoutesConfig routes) {
        routes.get(PATH, ctx -> answer(ctx, ctx.queryParamMap()));
        routes.post(PATH, ctx -> answer(ctx, ctx.formParamMap()));
    }

    private void answer(Context ctx, Map<String, List<String>> parameters) throws XMLStreamException {
        String home = ServedAddress.of(ctx);
        // Before anything is read: what is committed later gets this time or a later one, and the next harvest finds
        // it.
        Instant now = feed.now();
        byte[] answer;
        @Nullable OaiRequest request = null;
        try {
            request = OaiRequest.read(parameters);
            answer = OaiAnswer.of(now, home, request, content(request, home));
        } catch (OaiException e) {
            answer = OaiAnswer.of(now, home, request, e);
        }
        ctx.header("Cache-Control", "no-cache")
                .contentType("text/xml; charset=utf-8")
                .result(answer);
    }

    private OaiAnswer.Content content(OaiRequest request, String home) throws OaiException {
        return switch (request.verb()) {
            case IDENTIFY -> xml -> identify(xml, home);
            case LIST_METADATA_FORMATS -> formats(request);
            case LIST_SETS -> sets.read(request);
            case GET_RECORD -> record(request, home);
            case LIST_IDENTIFIERS, LIST_RECORDS -> lists.read(request, home);
        };
    }

    private void identify(Xml xml, String home) throws XMLStreamException {
        xml.element("repositoryName", repository.name().get())
                .element("baseURL", home + PATH)
                .element("protocolVersion", "2.0")
                .element("adminEmail", repository.email())
                .element("earliestDatestamp", Period.datestamp(feed.earliest()))
                .element("deletedRecord", "persistent")
                .element("granularity", Period.GRANULARITY)
                .element("compression", "gzip");
    }

    private OaiAnswer.Content formats(OaiRequest request) throws OaiException {
        if (request.argument("identifier").isPresent() && entry(request).deleted()) {
            throw new OaiException(
                    OaiException.Code.NO_METADATA_FORMATS, "the record is deleted; nothing but its header is left");
        }
        return xml -> {
            for (MetadataFormat format : MetadataFormat.ALL) {
                xml.start("metadataFormat")
                        .element("metadataPrefix", format.prefix())
                        .element("schema", format.schema())
                        .element("metadataNamespace", format.namespace())
                        .end();
            }
        };
    }

    private OaiAnswer.Content record(OaiRequest request, String home) throws OaiException {
        MetadataFormat format = RecordLists.format(request.required("metadataPrefix"));
        DatedEntry entry = entry(request);
        RecordWriter writer = new RecordWriter(repository, home);
        return xml -> writer.record(xml, entry, format);
    }

    /** Returns the entry that the request identifies. */
    private DatedEntry entry(OaiRequest request) throws OaiException {
        String identifier = request.required("identifier");
        Guid guid = repository.guid(identifier).orElseThrow(() -> unknown(identifier));
        return feed.find(guid).orElseThrow(() -> unknown(identifier));
    }

    private static OaiException unknown(String identifier) {
        return new OaiException(
                OaiException.Code.ID_DOES_NOT_EXIST, "this repository has no record '" + identifier + "'");
    }
}
