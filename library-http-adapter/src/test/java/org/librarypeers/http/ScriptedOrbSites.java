package org.librarypeers.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many existing ORB v1 sites on one server, for tests. Each has a loopback address of its own, such as
 * {@code 127.1.0.7}, which needs a system that routes all of {@code 127.0.0.0/8} to itself, as Linux does.
 */
public final class ScriptedOrbSites implements AutoCloseable {

    private static final int PER_NETWORK = 250;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ScriptedOrbSite> sites = new ArrayList<>();
    private final Map<String, ScriptedOrbSite> byHost = new HashMap<>();
    private final Map<String, AtomicInteger> lists = new ConcurrentHashMap<>();
    private final Set<String> overlapping = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();

    /** Starts a server on a free port with this number of sites. Each has one resource. */
    public ScriptedOrbSites(int number) {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", String.valueOf(2 * number));
        try {
            server = HttpServer.create(new InetSocketAddress("0.0.0.0", 0), number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        for (int i = 0; i < number; i++) {
            String host = "127.1." + i / PER_NETWORK + "." + (1 + i % PER_NETWORK) + ":"
                    + server.getAddress().getPort();
            ScriptedOrbSite site = new ScriptedOrbSite("http://" + host);
            site.add("The resource of site " + i);
            sites.add(site);
            byHost.put(host, site);
        }
    }

    /** Returns the sites, in the order of their addresses. */
    public List<ScriptedOrbSite> all() {
        return List.copyOf(sites);
    }

    /** Returns the number of requests to all sites. */
    public int requests() {
        return requests.get();
    }

    /** Returns the hosts whose lists were requested again before an earlier request for the list was answered. */
    public Set<String> overlapping() {
        return Set.copyOf(overlapping);
    }

    private void handle(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        boolean list = exchange.getRequestURI().getPath().equals("/api/v1/resource/");
        AtomicInteger open = lists.computeIfAbsent(host, key -> new AtomicInteger());
        requests.incrementAndGet();
        if (list && open.incrementAndGet() > 1) {
            overlapping.add(host);
        }
        try {
            byHost.get(host).handle(exchange);
        } finally {
            if (list) {
                open.decrementAndGet();
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        sites.forEach(ScriptedOrbSite::close);
    }
}
