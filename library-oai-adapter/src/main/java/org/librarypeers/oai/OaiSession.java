package org.librarypeers.oai;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.PeerAccess;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerSession;

/**
 * A session with one repository. It reads one list of records, whose pages contain the bodies.
 *
 * <p>OAI-PMH does not say in which order records are listed. So only a list that was read to its end moves the datestamp from which the next one
 * begins. Within a list, the cursor has the resumption token.
 */
final class OaiSession implements PeerSession {

    /** The maximum number of times that a list is begun again because its resumption token expired. */
    private static final int MAX_RESTARTS = 3;

    private final PeerAccess.Oai access;
    private final Requests requests;
    private final RecordLists lists;
    private final OaiFailures failures;
    private final String scope;
    private @Nullable Cursor reached;
    private Position position = Position.START;
    private ListGuard guard = new ListGuard();
    private int restarts;
    private int total = -1;
    private int undated;
    private boolean begun;

    OaiSession(PeerAccess.Oai access, Requests requests, OaiFailures failures) {
        this.access = access;
        this.requests = requests;
        this.lists = new RecordLists(access, requests, failures);
        this.failures = failures;
        this.scope = scope(access);
    }

    /**
     * Returns a short text about the part of the repository that is read. A cursor for something else means nothing
     * here.
     */
    private static String scope(PeerAccess.Oai access) {
        return new Digest()
                .add(access.address())
                .add(access.prefix())
                .add(access.mapping().toString())
                .toString();
    }

    @Override
    public ChangePage changes(@Nullable Cursor after) {
        // The cursor may lack a long token, which this session still knows.
        if (reached == null || !reached.equals(after)) {
            position = Position.of(after, scope);
        }
        List<String> remarks = new ArrayList<>();
        OaiPage page = page(remarks);
        if (!begun) {
            begun = true;
            total = page.size();
        }
        String endless = guard.read(position.token(), page);
        if (endless != null) {
            throw failures.noProgress(endless);
        }
        return changed(page, remarks);
    }

    /** Requests a page. If its token has expired, begins the same list again. */
    private OaiPage page(List<String> remarks) {
        OaiPage page = lists.page(position);
        while (page == null) {
            restarts++;
            if (restarts > MAX_RESTARTS) {
                throw failures.noProgress(
                        "has rejected its own resumption tokens " + Count.of(restarts, "time") + " in this run");
            }
            remarks.add("the resumption token of the repository had expired, so its list was read again from "
                    + (position.from() == null ? "the beginning" : position.from()));
            position = position.restarted();
            guard = new ListGuard();
            page = lists.page(position);
        }
        return page;
    }

    private ChangePage changed(OaiPage page, List<String> remarks) {
        PageItems items = new PageItems(access.mapping(), page.records());
        undated += items.undated();
        Instant start = position.begun() == null ? page.answered() : position.begun();
        Instant newest = items.newest(start, lists.identity().granularity());
        Position read = position.after(page.records().size(), page.answered(), newest, page.token());
        boolean last = page.token() == null;
        boolean isShort = last && page.size() > read.listed();
        Completeness completeness =
                isShort ? shortList(page.size(), read.listed(), remarks) : new Completeness.Complete();
        if (last && undated > 0) {
            remarks.add(Count.of(undated, "record") + " without a valid datestamp; only a reconciliation notices later"
                    + " changes of such records");
        }
        position = last ? read.rest(lists.identity().granularity(), isShort) : read;
        reached = position.cursor(scope);
        return new ChangePage(items.items(), items.deleted(), reached, last, total, completeness, remarks);
    }

    /** Returns the completeness of a list that lacks records. The specification allows that the announced number is an estimate. */
    private static Completeness shortList(int announced, int listed, List<String> remarks) {
        String numbers =
                String.format(Locale.ROOT, "the repository announced %,d records and listed %,d", announced, listed);
        remarks.add(numbers);
        return new Completeness.Unknown(numbers);
    }

    @Override
    public void fetch(List<ChangePage.Item> items, BiConsumer<ChangePage.Item, Fetched> answers) {
        for (ChangePage.Item item : items) {
            answers.accept(item, Objects.requireNonNullElseGet(item.body(), () -> fetch(item)));
        }
    }

    private Fetched fetch(ChangePage.Item item) {
        OaiPage page = lists.record(item.remoteId());
        if (page.error("idDoesNotExist").isPresent()) {
            return new Fetched.Gone();
        } else if (!page.errors().isEmpty()) {
            return new Fetched.Unreadable(OaiFailures.shown(page.errors().get(0)));
        }
        Optional<OaiRecord> found = page.records().stream()
                .filter(record -> record.identifier().equals(item.remoteId()))
                .findFirst();
        if (found.isEmpty()) {
            return new Fetched.Unreadable(
                    QuarantineReason.Kind.NO_ANSWER, "the repository answered without the record that was requested");
        }
        return found.get().deleted() ? new Fetched.Gone() : PageItems.body(access.mapping(), found.get());
    }

    @Override
    public int requests() {
        return requests.count();
    }

    @Override
    public Optional<Duration> timeFor(int more) {
        return Optional.empty();
    }

    @Override
    public void stop() {
        requests.stop();
    }

    @Override
    public void close() {
        requests.stop();
    }
}
