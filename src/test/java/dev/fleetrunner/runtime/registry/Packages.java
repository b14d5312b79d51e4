package dev.fleetrunner.runtime.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A package "hello" for each package manager, as their registries serve it. */
public final class Packages {
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final String https;

    private Packages(String https) {
        this.https = https;
    }

    /** Everything, by host and path. */
    public static Map<String, byte[]> all(String https, Path directory) throws Exception {
        var packages = new Packages(https);
        packages.python();
        packages.node();
        packages.go();
        packages.rust();
        packages.java();
        packages.git(directory);
        packages.put("/web.test/plain", "hello from the web");
        return packages.files;
    }

    private void put(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** PEP 503 and PEP 427. */
    private void python() throws IOException {
        put("/pypi.test/simple/hello/", "<a href=\"/hello-1.0-py3-none-any.whl\">hello-1.0-py3-none-any.whl</a>");
        files.put(
                "/pypi.test/hello-1.0-py3-none-any.whl",
                zip(Map.of(
                        "hello.py", "print('hello from python')\n",
                        "hello-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: hello\nVersion: 1.0\n",
                        "hello-1.0.dist-info/WHEEL",
                                "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
                        "hello-1.0.dist-info/RECORD", "")));
    }

    private void node() throws IOException {
        put(
                "/npm.test/hello",
                "{\"name\":\"hello\",\"dist-tags\":{\"latest\":\"1.0.0\"},\"versions\":{\"1.0.0\":{\"name\":\"hello\","
                        + "\"version\":\"1.0.0\",\"dist\":{\"tarball\":\"https://npm.test" + https
                        + "/hello.tgz\"}}}}");
        files.put(
                "/npm.test/hello.tgz",
                tgz(Map.of(
                        "package/package.json", "{\"name\":\"hello\",\"version\":\"1.0.0\"}",
                        "package/index.js", "console.log('hello from node')")));
    }

    /** The module proxy protocol. */
    private void go() throws IOException {
        String at = "/go.test/example.test/hello/@v/";
        put(at + "list", "v1.0.0\n");
        put(at + "v1.0.0.info", "{\"Version\":\"v1.0.0\",\"Time\":\"2024-01-01T00:00:00Z\"}");
        put(at + "v1.0.0.mod", "module example.test/hello\n");
        files.put(
                at + "v1.0.0.zip",
                zip(Map.of(
                        "example.test/hello@v1.0.0/go.mod", "module example.test/hello\n",
                        "example.test/hello@v1.0.0/hello.go", "package hello\n\nconst Text = \"hello from go\"\n")));
    }

    /** A sparse index. */
    private void rust() throws Exception {
        byte[] crate = tgz(Map.of(
                "hello-1.0.0/Cargo.toml", "[package]\nname = \"hello\"\nversion = \"1.0.0\"\nedition = \"2021\"\n",
                "hello-1.0.0/src/lib.rs", "pub const TEXT: &str = \"hello\";\n"));
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(crate));
        put("/cargo.test/config.json", "{\"dl\":\"https://cargo.test" + https + "/dl\"}");
        put(
                "/cargo.test/he/ll/hello",
                "{\"name\":\"hello\",\"vers\":\"1.0.0\",\"deps\":[],\"cksum\":\"" + sum
                        + "\",\"features\":{},\"yanked\":false}\n");
        files.put("/cargo.test/dl/hello/1.0.0/download", crate);
    }

    private void java() throws Exception {
        String at = "/maven.test/com/example/hello/1.0/hello-1.0";
        put(
                at + ".pom",
                "<project><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId>"
                        + "<artifactId>hello</artifactId><version>1.0</version></project>");
        files.put(at + ".jar", zip(Map.of("hello.txt", "hello from java")));
        for (String kind : new String[] {".pom", ".jar"}) {
            put(
                    at + kind + ".sha1",
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(files.get(at + kind))));
        }
    }

    /** The dumb protocol: a repository's files as they are. */
    private void git(Path directory) throws Exception {
        Process git = new ProcessBuilder(
                        "sh",
                        "-ec",
                        "git init -q work; cd work; git config user.name t; git config user.email t@example.com;"
                                + "echo 'hello from git' > hello; git add hello; git commit -q -m hello;"
                                + "git clone -q --bare . ../repo.git; cd ../repo.git; git update-server-info")
                .directory(directory.toFile())
                .inheritIO()
                .start();
        if (git.waitFor() != 0) {
            throw new IllegalStateException("git made no repository");
        }
        Path repository = directory.resolve("repo.git");
        try (Stream<Path> all = Files.walk(repository)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put("/git.test/repo.git/" + repository.relativize(file), Files.readAllBytes(file));
            }
        }
    }

    private static byte[] zip(Map<String, String> content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : content.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] tgz(Map<String, String> content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (var file : content.entrySet()) {
                byte[] text = file.getValue().getBytes(StandardCharsets.UTF_8);
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(text.length);
                tar.putArchiveEntry(entry);
                tar.write(text);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
