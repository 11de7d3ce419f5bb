// A greeting nobody asked for: the client takes the first line for the reply to its first request.
const net = require('net');

const NUMBER = /^[+-]?\d+(\.\d+)?$/;

function add(line) {
  const words = line.trim().split(/\s+/);
  if (words.length !== 2 || !words.every((word) => NUMBER.test(word))) return 'error: two numbers expected';
  return String(line.includes('.') ? Number(words[0]) + Number(words[1]) : BigInt(words[0]) + BigInt(words[1]));
}

const server = net.createServer((socket) => {
  let buffer = '';
  socket.write('Welcome to the adder!\n');
  socket.on('error', (e) => console.log(e.message));
  socket.on('data', (data) => {
    const lines = (buffer + data).split('\n');
    buffer = lines.pop();
    lines.forEach((line) => socket.write(add(line) + '\n'));
  });
});

server.listen({ port: Number(process.argv[2]), host: '0.0.0.0', backlog: 256 });
