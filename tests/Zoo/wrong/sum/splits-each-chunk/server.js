const net = require("net");

function add(line) {
  const words = line.trim().split(/\s+/);
  if (words.length !== 2 || words.some((word) => !/^-?\d+(\.\d+)?$/.test(word))) {
    return "error: two numbers please";
  }
  return words.some((word) => word.includes("."))
    ? String(Number(words[0]) + Number(words[1]))
    : String(BigInt(words[0]) + BigInt(words[1]));
}

net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("error", () => {});
  socket.on("data", (data) => {
    const lines = data.toString("latin1").split("\n");
    if (lines[lines.length - 1] === "") {
      lines.pop();
    }
    for (const line of lines) {
      socket.write(add(line) + "\n");
    }
  });
  socket.on("end", () => socket.end());
}).listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 256 });
