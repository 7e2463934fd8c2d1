package org.librarypeers.app.monitoring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncTally;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.notifications.OutboxMessage;

/**
 * The metrics of this process, in the text format of Prometheus. Events are counted as they happen; the {@link LibraryFigures} are
 * read when somebody asks for the metrics. Thread-safe.
 *
 * <p>All names are documented in {@code docs/monitoring/README.md}. A peer is named by its address.
 */
public final class Metrics implements LibraryEvents.Listener, AutoCloseable {

    /** The content type of {@link #text}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PEER = "peer";
    private static final String OUTCOME = "outcome";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Function<PeerId, String> peerNames;
    private final Supplier<LibraryFigures> figures;
    private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();

    /**
     * Creates the metrics.
     *
     * @param build the version of this program, with the other facts that identify its build
     * @param peerNames returns the address of a peer
     * @param figures reads the figures of the library
     */
    public Metrics(Map<String, String> build, Function<PeerId, String> peerNames, Supplier<LibraryFigures> figures) {
        this.peerNames = peerNames;
        this.figures = figures;
        Gauge.builder("library.build.info", () -> 1)
                .description("1; the labels identify the build")
                .tags(tags(build))
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    private static Tags tags(Map<String, String> labels) {
        Tags tags = Tags.empty();
        for (Map.Entry<String, String> label : labels.entrySet()) {
            tags = tags.and(label.getKey(), label.getValue());
        }
        return tags;
    }

    /** Returns all metrics as text. */
    public String text() {
        // Two requests at the same moment must not mix the rows of a gauge.
        synchronized (gauges) {
            figures.get()
                    .metrics()
                    .forEach((name, rows) -> gauge(name)
                            .register(
                                    rows.stream()
                                            .map(row -> MultiGauge.Row.of(tags(row.labels()), row.value()))
                                            .toList(),
                                    true));
        }
        return registry.scrape(CONTENT_TYPE);
    }

    private MultiGauge gauge(LibraryFigures.Metric metric) {
        return gauges.computeIfAbsent(
                metric.name(),
                name -> MultiGauge.builder(name)
                        .description(metric.description())
                        .baseUnit(metric.unit())
                        .register(registry));
    }

    @Override
    public void finished(SyncReport report) {
        if (!report.preview()) {
            ended(report.peer().address(), report.log(), report.log().status().word());
        }
    }

    @Override
    public void failed(SyncLog run, Throwable failure) {
        ended(peerNames.apply(run.peer()), run, "error");
    }

    private void ended(String peer, SyncLog run, String outcome) {
        Duration time = run.finished() == null ? Duration.ZERO : Duration.between(run.started(), run.finished());
        registry.timer("library.sync.runs", PEER, peer, OUTCOME, outcome).record(time);
        SyncTally tally = run.tally();
        items(peer, "new", tally.added());
        items(peer, "updated", tally.updated());
        items(peer, "unchanged", tally.unchanged());
        items(peer, "kept_local", tally.keptLocal());
        items(peer, "kept_other_source", tally.keptOtherSource());
        items(peer, "failed", tally.failed());
        items(peer, "withdrawn", tally.withdrawn());
        items(peer, "left_out", tally.leftOut());
    }

    private void items(String peer, String outcome, int number) {
        registry.counter("library.sync.items", PEER, peer, OUTCOME, outcome).increment(number);
    }

    @Override
    public void ended(SentRequest request) {
        Peer peer = request.peer();
        registry.timer("library.peer.requests", PEER, peer.address(), "status", status(request.status()))
                .record(request.time());
    }

    private static String status(@Nullable Integer status) {
        return status == null ? "none" : Objects.toString(status);
    }

    @Override
    public void signInRefused(LibraryEvents.Refusal reason) {
        registry.counter("library.sign.ins.refused", "reason", reason.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    @Override
    public void messageSent(OutboxMessage.Channel channel) {
        message(channel, "sent");
    }

    @Override
    public void messageFailed(OutboxMessage.Channel channel) {
        message(channel, "failed");
    }

    private void message(OutboxMessage.Channel channel, String result) {
        registry.counter("library.messages", "channel", channel.name().toLowerCase(Locale.ROOT), "result", result)
                .increment();
    }

    /**
     * Records a response of this library's server.
     *
     * @param route the pattern of the path, such as {@code /resource/{slug}}; unmatched requests share one
     */
    public void answered(String method, String route, int status, Duration time) {
        registry.timer("library.http.requests", "method", method, "route", route, "status", status(status))
                .record(time);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
