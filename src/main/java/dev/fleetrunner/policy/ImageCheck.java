package dev.fleetrunner.policy;

import dev.fleetrunner.policy.Profile.Images;
import java.util.regex.Pattern;

/** Images: by name, and by digest where the profile wants one. */
final class ImageCheck implements Check {
    private static final Pattern TAG_AND_DIGEST = Pattern.compile("(:[^:/@]+)?(@.*)?$");

    @Override
    public void look(Hearing hearing) {
        Images images = hearing.profile().images();
        String image = hearing.spec().image();
        String name = TAG_AND_DIGEST.matcher(image).replaceFirst("");
        if (!Glob.any(images.allow(), image) && !Glob.any(images.allow(), name)) {
            hearing.deny("/image", "image " + image, "images.allow: " + Glob.words(images.allow()));
        }
        if (images.digest() && !image.contains("@sha256:")) {
            hearing.deny("/image", "image " + image + " without a digest", "images with @sha256:… (images.digest)");
        }
    }
}
