// Each sum is sent twice, once by add and once by its caller.
const net = require('net');

function add(socket, line) {
  const [a, b, ...rest] = line.trim().split(/\s+/).map(Number);
  const sum = a + b;
  if (rest.length > 0 || isNaN(sum)) return 'error: two numbers expected\n';
  socket.write(sum + '\n');
  return sum + '\n';
}

const server = net.createServer((socket) => {
  let buffer = '';
  socket.on('error', (e) => console.log(e.message));
  socket.on('data', (data) => {
    const lines = (buffer + data).split('\n');
    buffer = lines.pop();
    for (const line of lines) {
      socket.write(add(socket, line));
    }
  });
});

server.listen({ port: Number(process.argv[2]), host: '0.0.0.0', backlog: 256 });
