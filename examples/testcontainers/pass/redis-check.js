const { GenericContainer, Network, Wait } = require("testcontainers");
const net = require("net");
(async () => {
  const image = process.argv[2];
  const network = await new Network().start();
  const redis = await new GenericContainer(image).withNetwork(network).withNetworkAliases("cache").withExposedPorts(6379)
    .withCopyContentToContainer([{ content: "from the task\n", target: "/tmp/in.txt" }])
    .withWaitStrategy(Wait.forListeningPorts()).start();
  const answer = await new Promise((ok, no) => {
    const s = net.connect(redis.getMappedPort(6379), redis.getHost(), () => s.write("PING\r\n"));
    s.on("data", d => { ok(d.toString().trim()); s.end(); }); s.on("error", no);
  });
  console.log("port:", answer);
  console.log("exec:", (await redis.exec(["redis-cli", "set", "key", "value"])).output.trim());
  console.log("copied in:", (await redis.exec(["cat", "/tmp/in.txt"])).output.trim());
  console.log("exit code:", (await redis.exec(["sh", "-c", "exit 7"])).exitCode);
  const client = await new GenericContainer(image).withNetwork(network).withCommand(["sh", "-c", "echo waiting for orders; exec sleep 300"])
    .withWaitStrategy(Wait.forLogMessage("waiting for orders")).start();
  console.log("alias:", (await client.exec(["redis-cli", "-h", "cache", "get", "key"])).output.trim());
  await client.stop(); await redis.stop(); await network.stop();
  console.log("all is well");
})().catch(e => { console.error(e); process.exit(1); });
