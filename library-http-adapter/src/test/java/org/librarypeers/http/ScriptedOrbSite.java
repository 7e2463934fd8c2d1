package org.librarypeers.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;

/**
 * An existing ORB v1 site on a real socket, for tests. It answers as those sites do, and shares no code with the
 * client. Tests can change its resources while it is read, and can make its answers faulty.
 *
 * <p>Its time advances only by one minute before each change, unless it has a clock.
 */
public final class ScriptedOrbSite implements AutoCloseable {

    /** The user whose key the site accepts. */
    public static final String USER = "me@example.org";

    /** The key that the site accepts. */
    public static final String KEY = "7be1c2a90d4f4a53b6e8c1d2f3a4958671605f4e";

    private static final String LIST = "/api/v1/resource/";
    private static final String HTML = "text/html; charset=utf-8";

    private final Map<Long, ScriptedResource> resources = new TreeMap<>();
    private final Map<String, Integer> requests = new TreeMap<>();
    private final List<Queued> faults = new ArrayList<>();
    private final ScriptedQuota quota = new ScriptedQuota();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final String host;

    private volatile IntConsumer beforeList = number -> {};
    private volatile IntConsumer afterList = number -> {};
    private List<String> languages = List.of("en", "es", "pt-br");
    private Instant now = Instant.parse("2016-11-30T01:36:41Z");
    private Clock clock;
    private boolean still;
    private long lastId;
    private long seed = 20_161_130;
    private int lists;
    private int maxLimit = 1_000;

    private record Queued(String prefix, SiteFault fault, boolean stays) {}

    /** Starts a site on a free port. */
    public ScriptedOrbSite() {
        // Without this property the server waits 40 ms before the last bytes of each answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        host = "http://localhost:" + server.getAddress().getPort();
    }

    /** Creates a site whose requests arrive at the server of many sites. */
    ScriptedOrbSite(String host) {
        this.server = null;
        this.host = host;
    }

    /** Returns the address of the site. */
    public String host() {
        return host;
    }

    /** Returns the site as a peer, with credentials that it accepts. */
    public Peer peer(PeerId id) {
        return Peer.builder()
                .id(id)
                .name("Old ORB")
                .host(PeerHost.of(host()))
                .credentials(USER, new ApiKey(KEY))
                .build();
    }

    /** Sets the codes of the site's languages, default language first. Call this before anything is added. */
    public synchronized ScriptedOrbSite languages(String... codes) {
        languages = List.of(codes);
        return this;
    }

    /** Sets the seed by which rows of equal order are shuffled. */
    public synchronized ScriptedOrbSite seed(long number) {
        seed = number;
        return this;
    }

    /** Sets the maximum number of rows per page. */
    public synchronized ScriptedOrbSite maxLimit(int rows) {
        maxLimit = rows;
        return this;
    }

    /** Sets the number of requests that the site answers per hour. */
    public synchronized ScriptedOrbSite throttle(int perHour) {
        quota.perHour(perHour);
        return this;
    }

    /** Omits {@code Retry-After} from throttled answers. */
    public synchronized ScriptedOrbSite withoutRetryAfter() {
        quota.withoutRetryAfter();
        return this;
    }

    /** Takes the time from this clock from now on. */
    public synchronized ScriptedOrbSite clock(Clock time) {
        clock = time;
        return this;
    }

    /** Advances the time. */
    public synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    /** Makes several changes with the same date. */
    public synchronized void together(Runnable changes) {
        changing();
        still = true;
        changes.run();
        still = false;
    }

    /** Adds an approved resource with this title in the site's default language. */
    public ScriptedResource add(String title) {
        return add(Guid.random(), resource -> resource.text("title", languages.get(0), title));
    }

    /** Adds an approved resource and configures it. */
    public synchronized ScriptedResource add(Guid guid, Consumer<ScriptedResource> saying) {
        ScriptedResource resource = new ScriptedResource(++lastId, guid, languages, changing());
        resources.put(resource.id, resource);
        saying.accept(resource);
        return resource;
    }

    /** Changes a resource and its update date. */
    public synchronized void edit(long id, Consumer<ScriptedResource> change) {
        change.accept(resources.get(id));
        resources.get(id).updated = changing();
    }

    /** Changes the links, files or tags of a resource. Existing sites do not change the update date then. */
    public synchronized void editParts(long id, Consumer<ScriptedResource> change) {
        change.accept(resources.get(id));
    }

    /** Deletes a resource. */
    public synchronized void remove(long id) {
        resources.remove(id);
    }

    /** Gives a resource another status, such as pending, rejected or archived, so that the site stops showing it. */
    public synchronized void withdraw(long id, String status) {
        edit(id, resource -> resource.status = status);
    }

    /** Gives a resource a new id, as a rebuilt site does, and returns the id. */
    public synchronized long renumber(long id) {
        ScriptedResource resource = resources.remove(id);
        resource.id = ++lastId;
        resources.put(resource.id, resource);
        return resource.id;
    }

    private LocalDateTime changing() {
        if (clock == null && !still) {
            now = now.plus(Duration.ofMinutes(1));
        }
        return LocalDateTime.ofInstant(time(), ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }

    private Instant time() {
        return clock == null ? now : clock.instant();
    }

    /**
     * Sets a callback that runs before each answer to a list request. It receives the number of the request, from 1.
     */
    public ScriptedOrbSite beforeList(IntConsumer happening) {
        beforeList = happening;
        return this;
    }

    /** Sets a callback that runs after each page of the list is built and before it is sent. */
    public ScriptedOrbSite afterList(IntConsumer happening) {
        afterList = happening;
        return this;
    }

    /** Makes the next answers below this path faulty, one fault per answer. */
    public synchronized void next(String pathPrefix, SiteFault... spoiling) {
        Arrays.stream(spoiling).forEach(fault -> faults.add(new Queued(pathPrefix, fault, false)));
    }

    /** Makes all answers below this path faulty. */
    public synchronized void always(String pathPrefix, SiteFault fault) {
        faults.add(new Queued(pathPrefix, fault, true));
    }

    /** Removes all faults. */
    public synchronized void mend() {
        faults.clear();
    }

    /** Returns the number of requests for this path, whatever the answer. */
    public synchronized int requests(String path) {
        return requests.getOrDefault(path, 0);
    }

    /** Returns the number of all requests. */
    public synchronized int requests() {
        return requests.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Resets the counts of requests. */
    public synchronized void forgetRequests() {
        requests.clear();
    }

    /** Answers a request and closes the exchange. */
    void handle(HttpExchange exchange) {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            int list = arrived(path);
            if (list > 0) {
                beforeList.accept(list);
            }
            SiteFault fault = faultFor(path);
            SiteAnswer answer = fault == null ? answer(exchange) : fault.instead(() -> answer(exchange));
            if (list > 0) {
                afterList.accept(list);
            }
            send(exchange, answer);
        } catch (IOException e) {
            // The client has disconnected, which is allowed.
        }
    }

    private synchronized int arrived(String path) {
        requests.merge(path, 1, Integer::sum);
        return path.equals(LIST) ? ++lists : 0;
    }

    private synchronized SiteFault faultFor(String path) {
        for (Iterator<Queued> queue = faults.iterator(); queue.hasNext(); ) {
            Queued queued = queue.next();
            if (path.startsWith(queued.prefix())) {
                if (!queued.stays()) {
                    queue.remove();
                }
                return queued.fault();
            }
        }
        return null;
    }

    private static void send(HttpExchange exchange, SiteAnswer answer) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", answer.type());
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        exchange.getResponseBody().write(answer.body(), 0, answer.cutOff() ? length / 2 : length);
        exchange.getResponseBody().flush();
    }

    private synchronized SiteAnswer answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getRawQuery();
        if (path.startsWith("/media/")) {
            return SiteAnswer.of(200, "image/png", "\u0089PNG");
        }
        if (!path.equals("/api/v1/resource") && !path.startsWith(LIST)) {
            return SiteAnswer.of(404, HTML, "<h1>Not Found</h1>");
        }
        if (!path.endsWith("/")) {
            return SiteAnswer.empty(301).with("Location", path + "/" + (query == null ? "" : "?" + query));
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            return SiteAnswer.of(405, HTML, "GET,POST,PUT").with("Allow", "GET,POST,PUT");
        }
        List<Map.Entry<String, String>> parameters = QueryString.parameters(query);
        if (!isKnown(exchange.getRequestHeaders().getFirst("Authorization"), parameters)) {
            return SiteAnswer.empty(401);
        }
        SiteAnswer throttled = quota.throttled(time());
        if (throttled != null) {
            return throttled;
        }
        SiteAnswer answer = path.equals(LIST) ? list(exchange, parameters) : detail(exchange, path);
        if (answer.status() != 400) {
            quota.count(time());
        }
        return answer;
    }

    private static boolean isKnown(String header, List<Map.Entry<String, String>> parameters) {
        if (header != null && header.startsWith("ApiKey ")) {
            return header.equals("ApiKey " + USER + ":" + KEY);
        }
        Map<String, String> sent = new HashMap<>();
        parameters.forEach(parameter -> sent.put(parameter.getKey(), parameter.getValue()));
        return USER.equals(sent.get("username")) && KEY.equals(sent.get("api_key"));
    }

    private SiteAnswer list(HttpExchange exchange, List<Map.Entry<String, String>> parameters) {
        try {
            Random ties = new Random(seed + lists);
            return SiteAnswer.json(new ScriptedList(parameters, language(exchange), hostAsked(exchange), ties)
                    .page(resources.values(), maxLimit));
        } catch (ScriptedList.Refused e) {
            return SiteAnswer.of(400, "application/json", "{\"error\": \"" + e.getMessage() + "\"}");
        }
    }

    private SiteAnswer detail(HttpExchange exchange, String path) {
        String id = path.substring(LIST.length(), path.length() - 1);
        if (!id.matches("\\d{1,18}")) {
            return SiteAnswer.of(
                    404, "application/json", "{\"error_message\": \"Sorry, this request could not be processed.\"}");
        }
        ScriptedResource resource = resources.get(Long.valueOf(id));
        return resource == null || !resource.status.equals("approved")
                ? SiteAnswer.empty(404)
                : SiteAnswer.json(resource.detail(hostAsked(exchange), language(exchange)));
    }

    private String language(HttpExchange exchange) {
        String asked = exchange.getRequestHeaders().getFirst("Accept-Language");
        return asked != null && languages.contains(asked) ? asked : languages.get(0);
    }

    private static String hostAsked(HttpExchange exchange) {
        return "http://" + exchange.getRequestHeaders().getFirst("Host");
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }
}
