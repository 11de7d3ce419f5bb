const net = require("net");

const history = [];

net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("error", () => {});
  socket.on("data", (data) => {
    history.push(Buffer.from(data));
    socket.write(data);
  });
  socket.on("end", () => socket.end());
}).listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 256 });
