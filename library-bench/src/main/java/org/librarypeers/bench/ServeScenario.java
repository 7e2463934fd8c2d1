package org.librarypeers.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.ObjectMapper;

/** Requests to a served library over four connections: lists, details, the full feed, search and pages. */
final class ServeScenario implements Scenario {

    private static final long INDEXING_PAUSE = TimeUnit.SECONDS.toNanos(1);

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String description() {
        return "requests per second and latencies of lists, details, the full feed, search and pages";
    }

    @Override
    public void run(Workbench bench) throws IOException {
        Workbench.Source source = bench.source();
        SyntheticLibrary library = bench.library();
        int deep = library.size() - 40;
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("list first page", "/api/v1/resource/?limit=20");
        paths.put("list deep page", "/api/v1/resource/?limit=20&offset=" + deep);
        String detail = "/api/v1/resource/" + library.size() / 2 + "/";
        paths.put("detail", detail);
        paths.put("full feed of 500", "/api/v1/resource/?full=true&limit=500");
        paths.put("search common API", "/api/v1/resource/search/?q=" + library.word(35) + "+" + library.word(40));
        paths.put("search rare API", "/api/v1/resource/search/?q=" + library.word(20_000));
        paths.put("search common page", "/search?q=" + library.word(35) + "+" + library.word(40));
        paths.put("search rare page", "/search?q=" + library.word(20_000));
        paths.put("search without words", "/search");
        paths.put("home page", "/");
        paths.put("page of a resource", "/resource/" + slug(source, detail));
        paths.put("OAI-PMH records", "/oai?verb=ListRecords&metadataPrefix=oai_dc");
        awaitIndexed(source, paths.get("search rare page"));
        try (BareHttp bare = BareHttp.start()) {
            measure(bench, "bare HTTP, 20 KB of JSON", bare.address().resolve("/20"), "");
            measure(bench, "bare HTTP, 1 MB of JSON", bare.address().resolve("/1000"), "");
        }
        paths.forEach((contender, path) ->
                measure(bench, contender, source.served().address().resolve(path), authorization(source)));
        bench.report()
                .add(new Figure(
                        "serve", "server", "MB RSS", List.of(source.served().residentMegabytes())));
    }

    /** Waits until the server has indexed the imported resources. Before that, a search page says how much is missing. */
    private static void awaitIndexed(Workbench.Source source, String page) throws IOException {
        while (get(source, page).contains("be found by words yet")) {
            LockSupport.parkNanos(INDEXING_PAUSE);
        }
    }

    /** Returns the slug of a resource, which is part of the address of its page. */
    private static String slug(Workbench.Source source, String detail) throws IOException {
        return new ObjectMapper().readTree(get(source, detail)).path("slug").asString();
    }

    private static String get(Workbench.Source source, String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(source.served().address().resolve(path))
                .header("Authorization", authorization(source))
                .header("Accept-Language", "en")
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + path + " was read", e);
        }
    }

    private static String authorization(Workbench.Source source) {
        return "ApiKey " + Workbench.READER + ":" + source.key();
    }

    private static void measure(Workbench bench, String contender, URI address, String authorization) {
        HttpLoad.Answers answers = HttpLoad.of(List.of(address), authorization).measured();
        bench.report().add(new Figure("serve", contender, "requests/s", List.of(answers.perSecond())));
        bench.report().add(new Figure("serve", contender, "ms p50/p99", List.of(answers.median(), answers.p99())));
        bench.report().add(new Figure("serve", contender, "KB each", List.of(answers.kilobytes())));
    }
}
