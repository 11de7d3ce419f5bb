// BigInt is used from twenty digits on, but Number is exact up to fifteen only.
const net = require('net');

const NUMBER = /^[+-]?\d+(\.\d+)?$/;

function add(line) {
  const words = line.trim().split(/\s+/);
  if (words.length !== 2 || !words.every((word) => NUMBER.test(word))) return 'error: two numbers expected';
  const [a, b] = words;
  const isLong = a.length > 20 || b.length > 20;
  return String(isLong ? BigInt(a) + BigInt(b) : Number(a) + Number(b));
}

const server = net.createServer((socket) => {
  let buffer = '';
  socket.on('error', (e) => console.log(e.message));
  socket.on('data', (data) => {
    const lines = (buffer + data).split('\n');
    buffer = lines.pop();
    lines.forEach((line) => socket.write(add(line) + '\n'));
  });
});

server.listen({ port: Number(process.argv[2]), host: '0.0.0.0', backlog: 256 });
