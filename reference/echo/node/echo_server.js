// Echo server in one process: events tell what the sockets do. Usage: node echo_server.js PORT
'use strict';

const net = require('node:net');

const port = Number(process.argv[2]);
if (!Number.isInteger(port) || port < 1 || port > 65535) {
  console.error('usage: node echo_server.js PORT');
  process.exit(2);
}

// allowHalfOpen: a client that has said all it wants to say still gets the rest of its reply.
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  // pipe reads no more while the client does not, so that no buffer grows.
  socket.pipe(socket);

  // A client that resets its connection ends that alone; without a listener it would end the server.
  socket.on('error', () => socket.destroy());
});

server.on('error', (error) => {
  console.error(`cannot listen on port ${port}: ${error.message}`);
  process.exit(1);
});

server.listen({ host: '127.0.0.1', port, backlog: 256 });
