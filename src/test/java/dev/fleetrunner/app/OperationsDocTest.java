package dev.fleetrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every setting is in docs/operations.md, with its default, and nothing else is. */
class OperationsDocTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(fleet\\.[a-z.<>-]+)` \\| ([^|]+) \\|");

    @Test
    void theDocumentListsTheSettingsWithTheirDefaults() throws IOException {
        Map<String, String> documented = ROW.matcher(Files.readString(Path.of("docs/operations.md")))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1), row -> row.group(2).strip(), (first, second) -> second, TreeMap::new));
        Map<String, String> settings = settings("fleet", FleetConfig.class);

        assertThat(documented.keySet()).isEqualTo(settings.keySet());
        settings.forEach((name, value) -> {
            if (!value.isEmpty()) {
                assertThat(documented.get(name)).as(name).isEqualTo("`" + value + "`");
            }
        });
    }

    private static Map<String, String> settings(String prefix, Class<?> group) {
        Map<String, String> settings = new TreeMap<>();
        for (Method setting : group.getDeclaredMethods()) {
            String name = prefix + "." + kebab(setting.getName());
            if (setting.getReturnType().getPackage() == FleetConfig.class.getPackage()) {
                settings.putAll(settings(name, setting.getReturnType()));
            } else if (setting.getReturnType() == Map.class) {
                Class<?> each =
                        (Class<?>) ((ParameterizedType) setting.getGenericReturnType()).getActualTypeArguments()[1];
                settings.putAll(each.isInterface() ? settings(name + ".<name>", each) : Map.of(name, ""));
            } else {
                WithDefault usual = setting.getAnnotation(WithDefault.class);
                settings.put(name, usual == null ? "" : usual.value());
            }
        }
        return settings;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
