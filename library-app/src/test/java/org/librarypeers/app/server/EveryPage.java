package org.librarypeers.app.server;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.librarypeers.app.web.Chromium;

/** A checker of pages in light and dark, on a desktop and on a phone, and from right to left. It saves screenshots on request. */
public final class EveryPage {

    /** The folder for screenshots of all pages, set by {@code -Dscreenshots=folder}; empty to save none. */
    private static final String PICTURES = System.getProperty("screenshots", "");

    /** The sizes and colours that each page is checked in. The page is loaded once, in the first one. */
    private enum Look {
        LIGHT(1200, 800, ColorScheme.LIGHT),
        DARK(1200, 800, ColorScheme.DARK),
        PHONE(360, 740, ColorScheme.LIGHT);

        private final int width;
        private final int height;
        private final ColorScheme scheme;

        Look(int width, int height, ColorScheme scheme) {
            this.width = width;
            this.height = height;
            this.scheme = scheme;
        }

        void of(Page page) {
            page.setViewportSize(width, height);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        }
    }

    private final Chromium chromium;
    private final Page page;

    /** Signs in with the name and the password, or stays signed out if the name is empty. */
    public EveryPage(Chromium chromium, String address, String name, String password) {
        this.chromium = chromium;
        // Without transitions, a page has its new colours as soon as the look changes.
        this.page = chromium.visitor(
                address, new Browser.NewContextOptions().setLocale("en").setReducedMotion(ReducedMotion.REDUCE));
        if (!name.isEmpty()) {
            signIn(page, name, password);
        }
    }

    public static void signIn(Page page, String name, String password) {
        page.navigate("/signin");
        page.fill("input[name=username]", name);
        page.fill("input[name=password]", password);
        page.click("main button[type=submit], main form button");
        page.waitForSelector(
                ".who form[action='/signout']",
                new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
    }

    /** Returns the problems of the page, one on each line. */
    public List<String> troubles(String path, String picture) {
        List<String> troubles = new ArrayList<>();
        Look.LIGHT.of(page);
        page.navigate(path);
        for (Look look : Look.values()) {
            look.of(page);
            String name = look.name().toLowerCase(Locale.ROOT);
            keepPicture(picture + "-" + name);
            // Only colours differ between the looks, so the other rules are checked once.
            List<String> barriers =
                    look == Look.LIGHT ? Chromium.barriers(page) : Chromium.barriers(page, "color-contrast");
            barriers.forEach(barrier -> troubles.add(name + ": " + barrier));
            addOverflow(troubles, name);
        }
        int size = page.content().length();
        if (size > 50_000) {
            troubles.add("has " + size + " characters");
        }
        readFromRightToLeft(path, picture, troubles);
        troubles.addAll(chromium.errors());
        return troubles;
    }

    /**
     * Opens the menu with the keyboard on a phone, closes it, and follows a link in it. Returns the problems, one on each line.
     *
     * @param target the path of the link
     */
    public List<String> menuTroubles(String path, String picture, String target) {
        List<String> troubles = new ArrayList<>();
        Look.PHONE.of(page);
        page.navigate(path);
        Locator opener = page.locator(".menu-opener");
        Locator link = page.locator("#menu a[href='" + target + "']");
        if (link.isVisible()) {
            troubles.add("the menu is open before anybody opened it");
        }
        opener.press("Enter");
        link.waitFor();
        keepPicture(picture + "-phone");
        Chromium.barriers(page).forEach(barrier -> troubles.add("open: " + barrier));
        addOverflow(troubles, "open");
        page.keyboard().press("Escape");
        if (link.isVisible()) {
            troubles.add("Escape does not close the menu");
        }
        opener.click();
        link.click();
        page.waitForURL(address -> address.endsWith(target));
        troubles.addAll(chromium.errors());
        return troubles;
    }

    /** Checks the page in Arabic, on the phone. */
    private void readFromRightToLeft(String path, String picture, List<String> troubles) {
        page.navigate("/language/ar?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
        keepPicture(picture + "-arabic");
        if (!"rtl".equals(page.getAttribute("html", "dir"))) {
            troubles.add("arabic: is not read from right to left");
        }
        addOverflow(troubles, "arabic");
        page.navigate("/language/en?next=%2Fabout");
    }

    private void keepPicture(String name) {
        if (!PICTURES.isEmpty()) {
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(PICTURES, name + ".png")));
        }
    }

    private void addOverflow(List<String> troubles, String look) {
        Object over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (((Number) over).intValue() > 0) {
            troubles.add(look + ": is " + over + " pixels wider than the screen");
        }
    }
}
