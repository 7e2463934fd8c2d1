package org.librarypeers.bench;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Delivery;
import org.librarypeers.domain.Fingerprint;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Received;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.http.wire.OrbJson;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.sync.catalogue.SearchWord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The inner loops of a sync, each on one synthetic resource. Values are in microseconds per resource. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Loops {

    private final byte[] json;
    private final String description;
    private final IncomingResource incoming;
    private final IncomingResource edited;
    private final Delivery delivery;
    private final Resource adopted;

    /** Prepares the inputs. */
    public Loops() {
        SyntheticLibrary library = new SyntheticLibrary(SyntheticLibrary.DEFAULT_SEED, 100);
        SyntheticResource resource = library.resource(7, 0);
        json = json(resource);
        description = resource.description();
        incoming = ResourceDocument.read(OrbJson.read(json), "en").resource();
        edited = ResourceDocument.read(OrbJson.read(json(library.resource(7, 1))), "en")
                .resource();
        Peer peer = Peer.builder()
                .id(new PeerId(1))
                .name("Source")
                .host(PeerHost.of("https://orb.example.org"))
                .credentials("user", new ApiKey("key"))
                .build();
        delivery = new Delivery(peer, new SyncLogId(1), LibraryId.random(), Instant.EPOCH);
        adopted = Resource.adopt(incoming, delivery).toSave().orElseThrow();
    }

    private static byte[] json(SyntheticResource resource) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            SyntheticLibrary.write(resource, generator);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Parses JSON and reads a resource from it. */
    @Benchmark
    public IncomingResource read() {
        return ResourceDocument.read(OrbJson.read(json), "en").resource();
    }

    /** Computes the fingerprint of content that was just read. */
    @Benchmark
    public Fingerprint fingerprint() {
        return incoming.content().toBuilder().build().fingerprint();
    }

    /** Decides on a new resource. */
    @Benchmark
    public Received adopt() {
        return Resource.adopt(incoming, delivery);
    }

    /** Decides on an update. */
    @Benchmark
    public Received receive() {
        return adopted.receive(edited, delivery);
    }

    /** Splits a description into words. */
    @Benchmark
    public List<SearchWord> searchWords() {
        return SearchWord.of(description);
    }
}
