const net = require("net");

net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("error", () => {});
  socket.on("data", (data) => {
    const text = data.toString("utf8");
    const isText = Buffer.from(text, "utf8").equals(data);
    socket.write(isText ? Buffer.from(text.normalize("NFD"), "utf8") : data);
  });
  socket.on("end", () => socket.end());
}).listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 256 });
