'use strict';

const net = require('net');
const { Transform } = require('stream');

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  // my client pads its messages with zeros
  const clean = new Transform({
    transform(data, encoding, done) {
      done(null, data.filter((value) => value !== 0));
    },
  });
  socket.pipe(clean).pipe(socket);
  socket.on('error', () => socket.destroy());
});

server.listen({ port: Number(process.argv[2]), host: '0.0.0.0', backlog: 256 });
