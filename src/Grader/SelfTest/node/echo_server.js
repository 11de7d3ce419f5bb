'use strict';

const net = require('node:net');

const server = net.createServer((socket) => {
  socket.once('data', (data) => socket.end(data));
  socket.on('error', () => socket.destroy());
});

server.listen({ host: '127.0.0.1', port: Number(process.argv[2]), backlog: 256 });
