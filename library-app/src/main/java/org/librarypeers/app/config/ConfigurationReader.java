package org.librarypeers.app.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the configuration from its sources. For each setting, the first of these sources that sets it counts: the command
 * line, the environment variable, the file that the variable with {@code _FILE} names, {@code library.properties} in the home,
 * {@code /etc/library/library.properties}, the default. A blank value counts as not set.
 */
public final class ConfigurationReader {

    /** The name of the property files. */
    public static final String FILE_NAME = "library.properties";

    /** The property file of the machine. */
    public static final Path SYSTEM_FILE = Path.of("/etc/library", FILE_NAME);

    /** The variables of the launcher, which are not settings. */
    private static final List<String> OTHER_VARIABLES = List.of("LIBRARY_JAVA_OPTS");

    /** The variables that Kubernetes and Docker set in each container for services whose name begins with "library". */
    private static final Pattern SERVICE_VARIABLE = Pattern.compile(
            "LIBRARY_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_.*)?|PORT=(tcp|udp|sctp)://.*)");

    private static final char REPLACEMENT = '\uFFFD';

    private final Map<Setting<?>, Found> options = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private Map<String, String> environment = Map.of();
    private Path systemFile = SYSTEM_FILE;

    ConfigurationReader() {}

    /** A text that a source has for a setting. */
    private record Found(String text, Origin origin) {}

    /**
     * Adds an option of the command line.
     *
     * @param option the name of the option, for example {@code --port}
     * @param text the value; null or blank if it was not given
     */
    public ConfigurationReader option(String option, Setting<?> setting, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            options.put(setting, new Found(text, new Origin(Origin.Source.OPTION, option)));
        }
        return this;
    }

    /**
     * Adds an option of the command line that names a setting.
     *
     * @param option the name of the option, for example {@code --set}
     * @param name the name of the setting
     */
    public ConfigurationReader option(String option, String name, String text) {
        attempt(option + ": ", () -> {
            Setting<?> setting = Settings.named(name);
            if (setting.isSecret()) {
                throw new InvalidConfigurationException(
                        name + " is a secret, which all users of the machine would see; set " + setting.fileVariable()
                                + " to the path of a file that contains it");
            }
            option(option + " " + name, setting, text);
        });
        return this;
    }

    /** Sets the environment variables. Default: none. */
    public ConfigurationReader environment(Map<String, String> variables) {
        this.environment = new TreeMap<>(variables);
        return this;
    }

    /** Sets the property file of the machine. Default: {@link #SYSTEM_FILE}. It need not exist. */
    public ConfigurationReader systemFile(Path file) {
        this.systemFile = file;
        return this;
    }

    /**
     * Reads all sources.
     *
     * @throws InvalidConfigurationException if a name is unknown or a value is not valid; it lists all such problems
     */
    public Configuration read() {
        List<Map<Setting<?>, Found>> sources = new ArrayList<>(List.of(options));
        addVariables(sources);
        Map<Setting<?>, Found> system = propertyFile(systemFile, Origin.Source.SYSTEM_FILE);
        Path home = home(sources, system);
        if (home != null && !home.resolve(FILE_NAME).equals(systemFile)) {
            sources.add(propertyFile(home.resolve(FILE_NAME), Origin.Source.HOME_FILE));
        }
        sources.add(system);
        Map<Setting<?>, ConfiguredValue<?>> values = new LinkedHashMap<>();
        Settings.all().forEach(setting -> attempt("", () -> values.put(setting, value(setting, sources))));
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems.stream().distinct().toList());
        }
        return new Configuration(values);
    }

    /** Does a step, and records its problems after a prefix. */
    private void attempt(String prefix, Runnable step) {
        try {
            step.run();
        } catch (InvalidConfigurationException e) {
            e.problems().forEach(problem -> problems.add(prefix + problem));
        }
    }

    private static <T> ConfiguredValue<T> value(Setting<T> setting, List<Map<Setting<?>, Found>> sources) {
        return sources.stream()
                .map(source -> source.get(setting))
                .filter(Objects::nonNull)
                .findFirst()
                .map(found -> ConfiguredValue.of(setting, found.text(), found.origin()))
                .orElseGet(() -> Configuration.defaultOf(setting));
    }

    /** Returns the home that the other sources choose; null if that value is not valid. */
    private static @Nullable Path home(List<Map<Setting<?>, Found>> sources, Map<Setting<?>, Found> system) {
        try {
            List<Map<Setting<?>, Found>> all =
                    Stream.concat(sources.stream(), Stream.of(system)).toList();
            return value(Settings.HOME, all).value();
        } catch (InvalidConfigurationException e) {
            return null;
        }
    }

    private void addVariables(List<Map<Setting<?>, Found>> sources) {
        Map<String, Setting<?>> variables = new HashMap<>();
        Map<String, Setting<?>> fileVariables = new HashMap<>();
        for (Setting<?> setting : Settings.all()) {
            variables.put(setting.variable(), setting);
            fileVariables.put(setting.fileVariable(), setting);
        }
        List<String> known = Stream.of(variables.keySet(), fileVariables.keySet(), OTHER_VARIABLES)
                .flatMap(names -> names.stream().sorted())
                .toList();
        Map<Setting<?>, Found> values = new HashMap<>();
        Map<Setting<?>, Found> files = new HashMap<>();
        environment.forEach((name, text) -> {
            if (!Setting.isVariable(name) || text.isBlank()) {
                return;
            }
            if (text.indexOf(REPLACEMENT) >= 0) {
                problems.add(name + " has characters that could not be decoded (U+FFFD); set it as UTF-8,"
                        + " and start the program with the script 'library' or with LC_ALL=C.UTF-8");
            } else if (variables.containsKey(name)) {
                values.put(variables.get(name), new Found(text, new Origin(Origin.Source.VARIABLE, name)));
            } else if (fileVariables.containsKey(name)) {
                attempt("", () -> files.put(fileVariables.get(name), content(name, text)));
            } else if (!known.contains(name)
                    && !SERVICE_VARIABLE.matcher(name).matches()
                    && !SERVICE_VARIABLE.matcher(name + "=" + text).matches()) {
                problems.add(name + ": there is no such variable; did you mean " + NearestName.of(name, known) + "?");
            }
        });
        sources.add(values);
        sources.add(files);
    }

    private static Found content(String variable, String file) {
        String place = variable + " (" + file + ")";
        try {
            String text =
                    PropertiesFile.decode(Files.readAllBytes(Path.of(file))).replaceFirst("\\R\\z", "");
            if (text.isBlank()) {
                throw new InvalidConfigurationException(place + " is an empty file; write the value into it");
            }
            return new Found(text, new Origin(Origin.Source.FILE_OF_VARIABLE, place));
        } catch (CharacterCodingException e) {
            throw new InvalidConfigurationException(place + " is not UTF-8; save the file as UTF-8");
        } catch (IOException | InvalidPathException e) {
            throw new InvalidConfigurationException(place + " cannot be read ("
                    + e.getClass().getSimpleName() + "); check the path and the permissions of the file");
        }
    }

    private Map<Setting<?>, Found> propertyFile(Path file, Origin.Source source) {
        Map<Setting<?>, Found> values = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return values;
        }
        try {
            for (PropertiesFile.Entry entry : PropertiesFile.read(file)) {
                String place = file + ":" + entry.line();
                attempt(place + ": ", () -> add(values, new Origin(source, place), entry));
            }
        } catch (CharacterCodingException e) {
            problems.add(file + " is not UTF-8; save the file as UTF-8");
        } catch (IOException e) {
            problems.add(file + " cannot be read (" + e.getClass().getSimpleName()
                    + "); check the permissions of the file, and which user runs the program");
        } catch (InvalidConfigurationException e) {
            problems.addAll(e.problems());
        }
        return values;
    }

    private static void add(Map<Setting<?>, Found> values, Origin origin, PropertiesFile.Entry entry) {
        Setting<?> setting = Settings.named(entry.key());
        if (setting.equals(Settings.HOME) && origin.source() == Origin.Source.HOME_FILE) {
            throw new InvalidConfigurationException("home cannot be set in the file that is in it; set it with --home, "
                    + setting.variable() + " or in " + SYSTEM_FILE);
        }
        if (entry.value().indexOf(REPLACEMENT) >= 0) {
            throw new InvalidConfigurationException(
                    entry.key() + " has lost characters (U+FFFD); write the value again as UTF-8");
        }
        Found earlier = values.get(setting);
        if (earlier != null) {
            throw new InvalidConfigurationException(
                    entry.key() + " is already set at " + earlier.origin() + "; remove one of the two lines");
        }
        if (!entry.value().isBlank()) {
            values.put(setting, new Found(entry.value(), origin));
        }
    }
}
