package org.librarypeers.app.peers;

import io.javalin.http.UploadedFile;
import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.bundles.BundleOrder;
import org.librarypeers.app.bundles.BundleReads;
import org.librarypeers.app.bundles.BundleSender;
import org.librarypeers.app.bundles.BundleService;
import org.librarypeers.app.bundles.BundleUploads;
import org.librarypeers.app.bundles.BundleUploads.Upload;
import org.librarypeers.app.bundles.BundleUploads.Uploaded;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.bundle.BundleException;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PublicationPolicy;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;

/** The pages on which administrators upload bundles, look at them before they take them, and make bundles. */
public final class BundlePages {

    private static final String ADDRESS = "/bundles";
    private static final String FIELD = "bundle";
    private static final String TRUST = "trust";
    private static final String PEER = "peer";
    private static final String PUBLICATION = "publication";

    /** The attribute of a request with which the server reads its files. */
    private static final String MULTIPART = "org.eclipse.jetty.multipartConfig";

    /** The size up to which a part of a form stays in memory. */
    private static final int SMALL_BYTES = 64 << 10;

    private final Supplier<BundleService> service;
    private final BundleUploads uploads;
    private final BundleReads reads;
    private final long maxBytes;

    /**
     * Creates the pages.
     *
     * @param service returns the service for bundles
     * @param maxBytes the maximum size of an upload, in bytes
     */
    public BundlePages(Supplier<BundleService> service, BundleUploads uploads, long maxBytes) {
        this.service = service;
        this.uploads = uploads;
        this.reads = new BundleReads(uploads, service);
        this.maxBytes = maxBytes;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get(ADDRESS, Role.ADMIN, visit -> show(visit, 200, order(visit), null));
        routes.post(ADDRESS, Role.ADMIN, this::hasRoom, this::upload);
        routes.post(ADDRESS + "/write", Role.ADMIN, this::write);
        routes.get(ADDRESS + "/{id}", Role.ADMIN, visit -> withUpload(visit, upload -> review(visit, 200, upload)));
        routes.post(ADDRESS + "/{id}", Role.ADMIN, visit -> withUpload(visit, upload -> act(visit, upload)));
        routes.whenStopped(reads::close);
    }

    private static FormData order(Visit visit) {
        return FormData.read(visit, "since", "only", "files");
    }

    private void show(Visit visit, int status, FormData order, @Nullable String problem) throws IOException {
        Map<String, Object> values = new HashMap<>();
        values.put("order", order);
        values.put("waiting", uploads.waiting());
        values.put("most", visit.words().size(maxBytes));
        if (problem != null) {
            values.put("problem", problem);
        }
        visit.render(status, "peers/bundles", values);
    }

    /** Refuses an upload that is too large for the settings or the disk, before it is read. */
    private boolean hasRoom(Visit visit) throws IOException {
        long bytes = visit.ctx().req().getContentLengthLong();
        FormData none = new FormData();
        if (bytes > maxBytes) {
            show(
                    visit,
                    413,
                    none,
                    visit.say("peers.bundles.large", visit.words().size(maxBytes)));
            return false;
        } else if (!uploads.hasRoom(Math.max(bytes, 0))) {
            show(visit, 507, none, visit.say("peers.bundles.full", visit.words().size(2 * Math.max(bytes, 0))));
            return false;
        }
        visit.ctx()
                .req()
                .setAttribute(
                        MULTIPART,
                        new MultipartConfigElement(
                                uploads.incoming().toString(), maxBytes, maxBytes + SMALL_BYTES, SMALL_BYTES));
        return true;
    }

    private void upload(Visit visit) throws IOException {
        List<BundleUploads.Source> files = new ArrayList<>();
        for (UploadedFile file : visit.ctx().uploadedFiles(FIELD)) {
            if (!file.filename().isBlank()) {
                files.add(file::content);
            }
        }
        if (files.isEmpty()) {
            show(visit, 422, order(visit), visit.say("peers.bundles.none"));
            return;
        }
        try {
            visit.go(ADDRESS + "/" + uploads.keep(files));
        } catch (BundleException e) {
            show(visit, 422, order(visit), problem(visit, e));
        }
    }

    private static String problem(Visit visit, BundleException e) {
        return visit.say("peers.bundles.problem." + e.problem().name().toLowerCase(Locale.ROOT));
    }

    private interface UploadPage {
        void answer(Upload upload) throws Exception;
    }

    private void withUpload(Visit visit, UploadPage page) throws Exception {
        Optional<Upload> upload = uploads.find(visit.ctx().pathParam("id"));
        if (upload.isPresent()) {
            page.answer(upload.get());
        } else {
            visit.notFound();
        }
    }

    private void review(Visit visit, int status, Upload upload) {
        review(visit, status, upload, answers(visit), List.of());
    }

    private void review(Visit visit, int status, Upload upload, FormData form, List<SyncReport> previews) {
        BundleService bundles = service.get();
        Map<String, Object> values = new HashMap<>();
        values.put("upload", upload);
        values.put(
                "bundles",
                upload.bundles().stream()
                        .map(bundle -> new BundleView(bundle.manifest(), bundles.sender(bundle.manifest())))
                        .toList());
        values.put("form", form);
        values.put("previews", previews);
        reads.state(upload.id()).ifPresent(state -> values.put("state", state));
        visit.render(status, "peers/bundle", values);
    }

    /** Reads what an administrator answers about the senders of bundles. */
    private static FormData answers(Visit visit) {
        return FormData.read(visit, TRUST, PEER, PUBLICATION);
    }

    private static PublicationPolicy publication(FormData form) {
        return PublicationPolicy.ofWord(form.value(PUBLICATION)).orElse(PublicationPolicy.DEFAULT);
    }

    private void act(Visit visit, Upload upload) throws Exception {
        boolean isReading = reads.state(upload.id())
                .filter(BundleReads.State.READING::equals)
                .isPresent();
        if (isReading) {
            review(visit, 409, upload);
        } else if (visit.field("do").equals("discard")) {
            uploads.remove(upload.id());
            visit.go(ADDRESS, "peers.bundles.discarded");
        } else if (visit.field("do").equals("preview")) {
            review(visit, 200, upload, answers(visit), previews(visit, upload));
        } else {
            take(visit, upload);
        }
    }

    private List<SyncReport> previews(Visit visit, Upload upload) throws IOException {
        BundleService bundles = service.get();
        List<SyncReport> previews = new ArrayList<>();
        for (Uploaded bundle : upload.bundles()) {
            try (OpenedBundle opened = bundles.open(bundle.file())) {
                Peer peer = bundles.sender(opened.manifest())
                        .publishing(publication(answers(visit)))
                        .peer();
                previews.add(bundles.preview(opened, peer, SyncListener.NONE));
            }
        }
        return previews;
    }

    /** Starts to read an upload if the keys of its bundles are confirmed, or are confirmed by this form. */
    private void take(Visit visit, Upload upload) throws Exception {
        FormData form = answers(visit);
        BundleService bundles = service.get();
        for (Uploaded bundle : upload.bundles()) {
            refuseUnconfirmed(visit, form, bundles.sender(bundle.manifest()), bundle);
        }
        if (!form.isGood()) {
            review(visit, 422, upload, form, List.of());
            return;
        }
        for (Uploaded bundle : upload.bundles()) {
            BundleSender sender = bundles.sender(bundle.manifest());
            if (sender.trust() != BundleSender.Trust.CONFIRMED) {
                bundles.confirm(sender.publishing(publication(form)));
            }
        }
        Optional<SyncLog> run = reads.start(upload);
        visit.go(run.map(log -> "/peers/" + log.peer() + "/runs/" + log.id()).orElse(ADDRESS + "/" + upload.id()));
    }

    /** Adds to the form what is missing to trust the key of a bundle. */
    private static void refuseUnconfirmed(Visit visit, FormData form, BundleSender sender, Uploaded bundle) {
        if (sender.trust() == BundleSender.Trust.CONFIRMED) {
            return;
        }
        if (!bundle.manifest().key().hasFingerprint(form.value(TRUST))) {
            form.refuse(TRUST, visit.say("peers.bundles.trust.wrong"));
        } else if (sender.isKnownPeer()
                && !form.value(PEER).equals(sender.peer().id().toString())) {
            form.refuse(
                    PEER, visit.say("peers.bundles.peer.wrong", sender.peer().name()));
        }
    }

    /** Sends a new bundle while it is written. */
    private void write(Visit visit) throws IOException {
        FormData form = order(visit);
        BundleOrder order =
                BundleOrder.EVERYTHING.withFiles(!form.value("files").isEmpty());
        try {
            order = order.only(SelectionRule.parse(form.value("only")));
        } catch (IllegalArgumentException e) {
            form.refuse("only", visit.say("peers.selection.wrong", form.value("only")));
        }
        try {
            order = form.value("since").isEmpty() ? order : order.since(form.value("since"));
        } catch (IllegalArgumentException e) {
            form.refuse("since", visit.say("peers.bundles.since.wrong"));
        }
        if (!form.isGood()) {
            show(visit, 422, form, null);
            return;
        }
        visit.ctx().contentType("application/zip");
        visit.ctx().header("Content-Disposition", "attachment; filename=\"library.zip\"");
        visit.ctx().disableCompression();
        service.get().write(visit.ctx().res().getOutputStream(), "library.zip", order);
    }
}
