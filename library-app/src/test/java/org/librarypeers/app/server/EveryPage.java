package org.librarypeers.app.server;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.librarypeers.app.web.Chromium;

/** Checks pages in light and dark, on a desktop and on a phone, and saves screenshots on request. */
public final class EveryPage {

    private static final int DESK = 1200;
    private static final int PHONE = 360;

    /** The folder for screenshots of all pages, set by {@code -Dscreenshots=folder}. Empty to save none. */
    private static final String PICTURES = System.getProperty("screenshots", "");

    private final Chromium chromium;
    private final Map<String, Page> looks = new LinkedHashMap<>();

    /** Signs in with the name and the password, or stays signed out if the name is empty. */
    public EveryPage(Chromium chromium, String address, String name, String password) {
        this.chromium = chromium;
        looks.put("light", look(address, DESK, 800, ColorScheme.LIGHT));
        looks.put("dark", look(address, DESK, 800, ColorScheme.DARK));
        looks.put("phone", look(address, PHONE, 740, ColorScheme.LIGHT));
        if (!name.isEmpty()) {
            looks.values().forEach(page -> signIn(page, name, password));
        }
    }

    private Page look(String address, int width, int height, ColorScheme scheme) {
        return chromium.visitor(
                address,
                new Browser.NewContextOptions()
                        .setLocale("en")
                        .setViewportSize(width, height)
                        .setColorScheme(scheme));
    }

    public static void signIn(Page page, String name, String password) {
        page.navigate("/signin");
        page.fill("input[name=username]", name);
        page.fill("input[name=password]", password);
        page.click("main button[type=submit], main form button");
        page.waitForSelector(".who form[action='/signout']");
    }

    /** Returns the problems of the page, one on each line. */
    public List<String> troubles(String path, String picture) {
        List<String> troubles = new ArrayList<>();
        looks.forEach((look, page) -> {
            page.navigate(path);
            if (!PICTURES.isEmpty()) {
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of(PICTURES, picture + "-" + look + ".png")));
            }
            // Only colours differ between the looks, so the other rules are checked once.
            List<String> barriers =
                    look.equals("light") ? Chromium.barriers(page) : Chromium.barriers(page, "color-contrast");
            barriers.forEach(barrier -> troubles.add(look + ": " + barrier));
            Object over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (((Number) over).intValue() > 0) {
                troubles.add(look + ": is " + over + " pixels wider than the screen");
            }
            int size = page.content().length();
            if (size > 50_000) {
                troubles.add(look + ": has " + size + " characters");
            }
        });
        troubles.addAll(chromium.errors());
        return troubles;
    }
}
