'use strict';

const net = require('net');

const port = Number(process.env.PORT || 3000);

const server = net.createServer((socket) => {
  // pipe stops reading while the client does not read, and ends when the client ends
  socket.pipe(socket);

  // without a listener an error would end the whole server
  socket.on('error', (err) => {
    console.error(`client error: ${err.code}`);
    socket.destroy();
  });
});

server.listen({ port, host: '0.0.0.0', backlog: 256 }, () => {
  console.log(`Echo server listening on port ${port}`);
});
