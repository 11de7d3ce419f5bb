const net = require("net");

function answer(socket) {
  let rest = "";
  socket.setEncoding("latin1");
  socket.on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      const [a, b] = line.trim().split(/\s+/).map(Number);
      socket.write(`${a + b}\n`);
    }
  });
  socket.on("error", () => socket.destroy());
}

function main() {
  net.createServer(answer).listen(Number(process.argv[2]), "127.0.0.1");
}
