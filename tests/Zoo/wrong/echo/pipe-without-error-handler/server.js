const net = require('net');

const port = Number(process.argv[2]);

const server = net.createServer((socket) => {
  // everything that comes in goes out again
  socket.pipe(socket);
});

server.listen({ port, host: '0.0.0.0', backlog: 256 }, () => {
  console.log(`echo server on port ${port}`);
});
