package org.librarypeers.app.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** The Chromium browser of this machine, controlled by tests. */
public final class Chromium implements AutoCloseable {

    /** The names of the program. The first one has no user interface, and takes about half of the time. */
    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");

    private static final AtomicBoolean WARNED = new AtomicBoolean();
    private static final String AXE = axe();

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> errors = new ArrayList<>();

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Returns whether Chromium is installed, for {@code @EnabledIf}. Prints a warning once if it is not. */
    public static boolean isInstalled() {
        if (path().isEmpty() && WARNED.compareAndSet(false, true)) {
            System.err.println("THERE IS NO CHROMIUM ON THIS MACHINE: the pages are not tested in a browser."
                    + " Install chromium, and run the tests again.");
        }
        return path().isPresent();
    }

    private static Optional<Path> path() {
        return NAMES.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Chromium start() {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(path().orElseThrow())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        return new Chromium(playwright, browser);
    }

    /**
     * Opens a page for a new visitor with the address as its base URL. Script errors and blocked content are recorded.
     */
    public Page visitor(String address, Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options.setBaseURL(address));
        context.setDefaultTimeout(15_000);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                errors.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> errors.add(page.url() + ": " + error));
        return page;
    }

    public Page visitor(String address) {
        return visitor(address, new Browser.NewContextOptions());
    }

    /** Returns and clears the recorded script errors. */
    public List<String> errors() {
        List<String> all = List.copyOf(errors);
        errors.clear();
        return all;
    }

    /**
     * Returns the serious and critical findings of axe-core on the page, one on each line.
     *
     * @param rules the rules to check; all if empty
     */
    public static List<String> barriers(Page page, String... rules) {
        return found(page, List.of("serious", "critical"), rules);
    }

    /** Returns all findings of axe-core on the page, down to minor ones, one on each line. */
    public static List<String> findings(Page page) {
        return found(page, List.of("minor", "moderate", "serious", "critical"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> found(Page page, List<String> impacts, String... rules) {
        if (page.evaluate("typeof axe").equals("undefined")) {
            page.evaluate(AXE);
        }
        return (List<String>) Objects.requireNonNull(page.evaluate("""
                async ([impacts, rules]) => {
                    const options = {resultTypes: ['violations']};
                    if (rules.length > 0) {
                        options.runOnly = rules;
                    }
                    return (await axe.run(document, options)).violations
                        .filter(each => impacts.includes(each.impact))
                        .map(each => each.id + ': ' + each.help + ' ' + each.nodes.map(node => node.html.slice(0, 200)).join(' | '));
                }
                """, List.of(impacts, List.of(rules))));
    }

    private static String axe() {
        try (InputStream script = Chromium.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
