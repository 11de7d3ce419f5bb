// An 'error' event without a listener ends a Node program: one client's reset takes the server down.
const net = require('net');

function add(words) {
  if (words.length !== 2) return 'usage: <number> <number>';
  try {
    return String(BigInt(words[0]) + BigInt(words[1]));
  } catch {
    const sum = Number(words[0]) + Number(words[1]);
    return isFinite(sum) ? String(sum) : 'not a number';
  }
}

const server = net.createServer(async (socket) => {
  let buffer = '';
  for await (const data of socket) {
    buffer += data;
    const lines = buffer.split('\n');
    buffer = lines.pop();
    lines.forEach((line) => socket.write(add(line.trim().split(/\s+/)) + '\n'));
  }
});

server.listen({ port: Number(process.argv[2]), host: '0.0.0.0', backlog: 256 });
