package dev.fleetrunner.policy;

import dev.fleetrunner.contract.ImageRule;

/** Images: by name, and by digest where the profile wants one. */
final class ImageCheck implements Check {
    @Override
    public void look(Hearing hearing) {
        ImageRule images = hearing.profile().images().rule();
        String image = hearing.spec().image();
        if (!images.allows(image)) {
            hearing.deny("/image", "image " + image, "images.allow: " + images.words());
        }
        if (images.wantsDigestOf(image)) {
            hearing.deny("/image", "image " + image + " without a digest", "images with @sha256:… (images.digest)");
        }
    }
}
