package org.librarypeers.sync.contract;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Cursor;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.Peer;
import org.librarypeers.sync.peer.ChangePage;
import org.librarypeers.sync.peer.Completeness;
import org.librarypeers.sync.peer.Fetched;
import org.librarypeers.sync.peer.PeerCheck;
import org.librarypeers.sync.peer.PeerClient;
import org.librarypeers.sync.peer.PeerSession;

/**
 * A peer that gives scripted answers, page by page, and records the requests. When no page is left, it answers with an
 * empty last page. Not thread-safe, except for {@link #stopped}.
 */
public final class ScriptedPeer implements PeerClient {

    /** The answers to the next requests for pages. */
    public final Deque<Supplier<ChangePage>> pages = new ArrayDeque<>();

    private final Map<String, Supplier<Fetched>> bodies = new HashMap<>();

    /** The cursors with which pages were requested. */
    public final List<Cursor> asked = new ArrayList<>();

    /** The remote ids of the fetched bodies, one list per call. */
    public final List<List<String>> fetched = new ArrayList<>();

    /** The estimate of the time that a number of further requests takes; null if unknown. */
    public IntFunction<@Nullable Duration> estimate = more -> null;

    /** The answer to a connection check. */
    public Supplier<PeerCheck> check = () -> new PeerCheck(0, 1, false);

    /** The answer to {@link #readsEveryDetail()}. */
    public boolean readsEveryDetail = true;

    /** The number of sessions that were closed. */
    public int closed;

    /** The number of times that this peer was opened as one that had been read before. */
    public int reopened;

    /** The number of sessions that were stopped. */
    public volatile int stopped;

    /** Returns the GUID of the resource with this number. */
    public static Guid guid(int number) {
        return Guid.ofTag("resource", Integer.toString(number));
    }

    /** Returns the cursor with this number, from 0 to 9. */
    public static Cursor cursor(int number) {
        return new Cursor("after " + number, "2016-05-27T18:19:0" + number);
    }

    /** Returns the resource with this number as a peer sends it, with this title. */
    public static IncomingResource incoming(int number, String title) {
        return new IncomingResource(guid(number), Samples.titled(title), null, null, null);
    }

    /** Returns the resource with this number as sent by a peer that received it from the library with this host. */
    public static IncomingResource relayed(int number, String maker, String makerHost) {
        return new IncomingResource(guid(number), Samples.titled("Relayed"), maker, makerHost, null);
    }

    /** Returns an item whose body must be fetched. */
    public static ChangePage.Item item(int number, String version) {
        return new ChangePage.Item(Integer.toString(number), guid(number), version, null);
    }

    /** Returns an item with its body, whose title consists of number and version. */
    public static ChangePage.Item full(int number, String version) {
        return full(number, version, incoming(number, number + " " + version));
    }

    /** Returns an item with its body. */
    public static ChangePage.Item full(int number, String version, IncomingResource body) {
        return answered(number, version, new Fetched.Body(body));
    }

    /** Returns an item with this answer in place of a body that must be fetched. */
    public static ChangePage.Item answered(int number, String version, Fetched answer) {
        return new ChangePage.Item(Integer.toString(number), guid(number), version, answer);
    }

    /** Returns an item without a GUID, whose body must be fetched. */
    public static ChangePage.Item withoutGuid(int number, String version) {
        return new ChangePage.Item(Integer.toString(number), null, version, null);
    }

    /** Returns the items from one number to another, both included, whose bodies must be fetched. */
    public static ChangePage.Item[] items(int from, int to, String version) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> item(number, version))
                .toArray(ChangePage.Item[]::new);
    }

    /** Adds a page that is followed by another one. */
    public ScriptedPeer page(Cursor next, ChangePage.Item... items) {
        return answer(() -> new ChangePage(List.of(items), next, false, -1));
    }

    /** Adds a page that is the last one for now. */
    public ScriptedPeer lastPage(@Nullable Cursor next, ChangePage.Item... items) {
        return answer(() -> new ChangePage(List.of(items), next, true, -1));
    }

    /** Adds a page that is followed by another one, with the completeness of the list so far. */
    public ScriptedPeer page(Completeness list, Cursor next, ChangePage.Item... items) {
        return answer(() -> new ChangePage(List.of(items), next, false, -1, list, List.of()));
    }

    /** Adds a page that is the last one for now, with the completeness of the list so far. */
    public ScriptedPeer lastPage(Completeness list, Cursor next, ChangePage.Item... items) {
        return answer(() -> new ChangePage(List.of(items), next, true, -1, list, List.of()));
    }

    /** Adds a page that is followed by another one and says that these resources are deleted. */
    public ScriptedPeer page(Set<Guid> deleted, Cursor next, ChangePage.Item... items) {
        return answer(
                () -> new ChangePage(List.of(items), deleted, next, false, -1, new Completeness.Complete(), List.of()));
    }

    /** Adds a page that is the last one for now and says that these resources are deleted. */
    public ScriptedPeer lastPage(Set<Guid> deleted, Cursor next, ChangePage.Item... items) {
        return answer(
                () -> new ChangePage(List.of(items), deleted, next, true, -1, new Completeness.Complete(), List.of()));
    }

    /** Adds a failed request for a page. */
    public ScriptedPeer failure(RuntimeException failure) {
        return answer(() -> {
            throw failure;
        });
    }

    /** Adds an answer to a request for a page. */
    public ScriptedPeer answer(Supplier<ChangePage> answer) {
        pages.add(answer);
        return this;
    }

    /** Sets the title in the body with this number, for all later requests. */
    public ScriptedPeer body(int number, String title) {
        return body(number, new Fetched.Body(incoming(number, title)));
    }

    /** Sets the answer to all later requests for the body with this number. */
    public ScriptedPeer body(int number, Fetched answer) {
        bodies.put(Integer.toString(number), () -> answer);
        return this;
    }

    /** Sets the answer to all later requests for the body with this number. It is computed for each request. */
    public ScriptedPeer body(int number, Supplier<Fetched> answer) {
        bodies.put(Integer.toString(number), answer);
        return this;
    }

    /** Sets the title in the bodies from one number to another, both included. */
    public ScriptedPeer bodies(int from, int to, String title) {
        IntStream.rangeClosed(from, to).forEach(number -> body(number, title));
        return this;
    }

    /** Makes all later requests for the body with this number fail. */
    public ScriptedPeer bodyFailure(int number, RuntimeException failure) {
        bodies.put(Integer.toString(number), () -> {
            throw failure;
        });
        return this;
    }

    /** Returns the remote ids of the fetched bodies, in order. */
    public List<String> allFetched() {
        return fetched.stream().flatMap(List::stream).toList();
    }

    @Override
    public PeerSession open(Peer peer) {
        return new Session();
    }

    @Override
    public PeerSession reopen(Peer peer) {
        reopened++;
        return open(peer);
    }

    @Override
    public boolean readsEveryDetail() {
        return readsEveryDetail;
    }

    @Override
    public PeerCheck check(Peer peer) {
        return check.get();
    }

    private final class Session implements PeerSession {
        private int requests;

        @Override
        public ChangePage changes(@Nullable Cursor after) {
            requests++;
            asked.add(after);
            Supplier<ChangePage> next = pages.poll();
            return next == null ? new ChangePage(List.of(), after, true, -1) : next.get();
        }

        @Override
        public void fetch(List<ChangePage.Item> items, BiConsumer<ChangePage.Item, Fetched> answers) {
            List<String> missing = items.stream()
                    .filter(item -> item.body() == null)
                    .map(ChangePage.Item::remoteId)
                    .toList();
            if (!missing.isEmpty()) {
                fetched.add(missing);
            }
            for (ChangePage.Item item : items) {
                Fetched body = item.body();
                requests += body == null ? 1 : 0;
                answers.accept(
                        item,
                        body != null
                                ? body
                                : Objects.requireNonNull(bodies.get(item.remoteId()), item::remoteId)
                                        .get());
            }
        }

        @Override
        public int requests() {
            return requests;
        }

        @Override
        public Optional<Duration> timeFor(int more) {
            return Optional.ofNullable(estimate.apply(more));
        }

        @Override
        public void stop() {
            synchronized (ScriptedPeer.this) {
                stopped++;
            }
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
