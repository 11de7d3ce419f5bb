const net = require("net");

net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("error", () => {});
  socket.on("data", (data) => socket.write(Buffer.from(data.toString("latin1").trim(), "latin1")));
  socket.on("end", () => socket.end());
}).listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 256 });
