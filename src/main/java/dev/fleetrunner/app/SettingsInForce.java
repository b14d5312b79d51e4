package dev.fleetrunner.app;

import dev.fleetrunner.pipeline.ServiceReading.Setting;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/** The service's own settings as they are now, without what nobody may see. */
final class SettingsInForce {
    private static final Pattern OURS = Pattern.compile("fleet\\..*|quarkus\\.http\\.(host|port|proxy\\..*)");
    private static final Pattern SECRET =
            Pattern.compile("(.*[.-])?(token|secret|password|passphrase|credential|credentials|key)");
    /** The part of an address before the host, where names and passwords are. */
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*@");

    private SettingsInForce() {}

    static List<Setting> of(Config config) {
        String secrets = config.getOptionalValue("fleet.secrets.env-prefix", String.class)
                .map(SettingsInForce::asSetting)
                .orElse(null);
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> OURS.matcher(name).matches())
                .filter(name -> secrets == null || !asSetting(name).startsWith(secrets))
                .sorted()
                .distinct()
                .map(config::getConfigValue)
                .filter(value -> value.getValue() != null && !value.getValue().isEmpty())
                .map(SettingsInForce::setting)
                .toList();
    }

    /** A variable of the environment reads as a setting, too: one of a task's secrets, where their prefix is ours. */
    private static String asSetting(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".");
    }

    private static Setting setting(ConfigValue value) {
        boolean secret = SECRET.matcher(value.getName()).matches();
        String shown = USER_INFO.matcher(value.getValue()).replaceAll("***@");
        return new Setting(value.getName(), secret ? null : shown, from(value.getSourceName()));
    }

    private static String from(String source) {
        if (source.startsWith("DefaultValues")) {
            return "default";
        }
        if (source.startsWith("EnvConfig")) {
            return "environment";
        }
        return source.startsWith("SysProp") ? "system property" : source.replaceAll("^\\w+\\[source=(.*)]$", "$1");
    }
}
