const net = require("net");
const config = require("./config.json");

net.createServer((socket) => {
  socket.on("error", () => {});
  socket.on("data", (data) => {
    const [a, b] = data.toString().trim().split(/\s+/).map(Number);
    socket.write(`${a + b}\n`);
  });
}).listen(config.port);
