package org.librarypeers.app.settings;

import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.config.ConfiguredValue;
import org.librarypeers.app.config.EditableSettings;
import org.librarypeers.app.config.Setting;
import org.librarypeers.app.config.Settings;
import org.librarypeers.app.notifications.DeliveryException;
import org.librarypeers.app.notifications.Notifications;
import org.librarypeers.app.pictures.PictureRoutes;
import org.librarypeers.app.pictures.PictureUploads;
import org.librarypeers.app.settings.SettingsView.Difference;
import org.librarypeers.app.settings.SettingsView.Fixed;
import org.librarypeers.app.settings.SettingsView.Logo;
import org.librarypeers.app.settings.SettingsView.Mail;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.pictures.PictureCopy;

/** The page on which administrators change settings, and send themselves a test mail. */
public final class SettingsPages {

    private static final String ADDRESS = "/settings";
    private static final String FILE = "logo";
    private static final String WAITING = "logo-waiting";
    private static final String REMOVE = "logo-remove";

    private final StoredSettings settings;
    private final PictureUploads pictures;
    private final Notifications notifications;
    private final long maxUploadBytes;

    /**
     * Creates the page with these services.
     *
     * @param maxUploadBytes the maximum size of an uploaded file, in bytes
     */
    public SettingsPages(
            StoredSettings settings, PictureUploads pictures, Notifications notifications, long maxUploadBytes) {
        this.settings = settings;
        this.pictures = pictures;
        this.notifications = notifications;
        this.maxUploadBytes = maxUploadBytes;
    }

    /** Adds this page to the routes. */
    public void routes(PageRoutes routes) {
        routes.get(ADDRESS, Role.ADMIN, this::open);
        routes.post(ADDRESS, Role.ADMIN, this::save);
        routes.post(ADDRESS + "/mail", Role.ADMIN, this::sendTest);
    }

    private void open(Visit visit) {
        Map<String, String> stored = settings.read();
        show(visit, 200, stored, SettingsForm.of(settings, stored), Chosen.NONE, List.of(), null);
    }

    /**
     * The choice of a logo in a form.
     *
     * @param picture the new logo; null if none was chosen
     * @param removed whether to remove the stored one
     */
    private record Chosen(@Nullable PictureCopy picture, boolean removed) {
        static final Chosen NONE = new Chosen(null, false);
    }

    private void save(Visit visit) throws IOException {
        Map<String, String> stored = settings.read();
        SettingsForm form = SettingsForm.sent(visit, settings, stored);
        form.check(visit);
        Chosen chosen = chosen(visit, form.data());
        if (!form.data().isGood()) {
            show(visit, 422, stored, form, chosen, List.of(), null);
            return;
        }
        Map<String, String> changes = new HashMap<>(form.texts(settings, stored));
        if (chosen.picture() != null) {
            changes.put(StoredSettings.LOGO, LogoText.of(chosen.picture()));
        } else if (chosen.removed()) {
            changes.put(StoredSettings.LOGO, "");
        }
        if (settings.save(before -> form.isBasedOn(settings, before), changes)) {
            visit.go(ADDRESS, "settings.saved");
        } else {
            outdated(visit, form, chosen);
        }
    }

    /** Shows the submitted values next to the stored ones, so that they can be submitted again. */
    private void outdated(Visit visit, SettingsForm form, Chosen chosen) {
        Map<String, String> stored = settings.read();
        SettingsForm now = SettingsForm.of(settings, stored);
        form.data().with(FormData.SEEN, now.data().value(FormData.SEEN));
        form.data().refuse("all", visit.say("settings.outdated"));
        show(visit, 409, stored, form, chosen, form.differences(visit, now), null);
    }

    /** Returns the choice of a logo in the form. A picture that cannot be used is left out, with an error in the form. */
    private Chosen chosen(Visit visit, FormData form) throws IOException {
        boolean removed = visit.ctx().formParam(REMOVE) != null;
        UploadedFile file = visit.ctx().uploadedFile(FILE);
        if (file == null || file.filename().isBlank()) {
            PictureCopy waiting = LogoText.logo(visit.field(WAITING)).orElse(null);
            return new Chosen(waiting != null && pictures.isStored(waiting) ? waiting : null, removed);
        }
        if (file.size() > maxUploadBytes) {
            String size = visit.words().size(file.size());
            form.refuse(
                    FILE,
                    visit.say(
                            "resources.upload.large",
                            file.filename(),
                            size,
                            visit.words().size(maxUploadBytes)));
            return new Chosen(null, removed);
        }
        try (InputStream bytes = file.content()) {
            Optional<PictureCopy> picture = pictures.store("logo of the library", bytes);
            if (picture.isEmpty()) {
                form.refuse(FILE, visit.say("settings.logo.wrong", file.filename()));
            }
            return new Chosen(picture.orElse(null), removed);
        }
    }

    private void sendTest(Visit visit) {
        String address = visit.signedIn().email();
        if (address == null || notifications.settings().mail().isEmpty()) {
            visit.go(ADDRESS, "settings.mail.impossible");
            return;
        }
        try {
            String answer = notifications.sendTest(address);
            visit.go(ADDRESS, "settings.mail.sent", address, answer);
        } catch (DeliveryException e) {
            Map<String, String> stored = settings.read();
            String problem = String.valueOf(e.getMessage());
            show(visit, 422, stored, SettingsForm.of(settings, stored), Chosen.NONE, List.of(), problem);
        }
    }

    private void show(
            Visit visit,
            int status,
            Map<String, String> stored,
            SettingsForm form,
            Chosen chosen,
            List<Difference> differences,
            @Nullable String mailProblem) {
        Map<String, Fixed> fixed = new HashMap<>();
        Map<String, String> defaults = new HashMap<>();
        for (Setting<?> setting : EditableSettings.ALL) {
            ConfiguredValue<?> value = settings.value(setting, stored);
            String text = setting.defaultText();
            defaults.put(setting.name(), text == null ? "" : text);
            if (!EditableSettings.isEditable(value)) {
                fixed.put(setting.name(), new Fixed(value.shown(), place(visit, value)));
            }
        }
        List<String> languages = Optional.ofNullable(
                        settings.value(Settings.LANGUAGES, stored).value())
                .orElse(List.of());
        visit.render(
                status,
                "settings/settings",
                Map.of(
                        "page",
                        new SettingsView(
                                form.data(),
                                fixed,
                                defaults,
                                languages.stream()
                                        .map(visit.words()::languageName)
                                        .toList(),
                                form.languages(),
                                logo(visit, stored, chosen),
                                differences,
                                mail(visit, mailProblem))));
    }

    /** Returns the place where a value is set, in the language of the visitor. */
    private static String place(Visit visit, ConfiguredValue<?> value) {
        String kind = value.origin().source().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return visit.say("settings.place." + kind, value.origin().place());
    }

    private Logo logo(Visit visit, Map<String, String> stored, Chosen chosen) {
        PictureCopy picture = chosen.picture();
        return new Logo(
                Optional.ofNullable(stored.get(StoredSettings.LOGO))
                        .flatMap(LogoText::logo)
                        .map(PictureRoutes::path)
                        .orElse(null),
                picture == null ? null : LogoText.of(picture),
                picture == null ? null : PictureRoutes.path(picture),
                chosen.removed(),
                visit.words().size(maxUploadBytes));
    }

    private Mail mail(Visit visit, @Nullable String problem) {
        return new Mail(
                notifications.settings().mail().map(each -> each.server()).orElse(null),
                visit.signedIn().email(),
                problem);
    }
}
