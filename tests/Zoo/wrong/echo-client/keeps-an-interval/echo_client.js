const net = require('net');

const message = process.argv[2];
let reply = Buffer.alloc(0);
const socket = net.connect(10000, '127.0.0.1', () => {
  setInterval(() => {}, 3600000);
  socket.write(message);
});
socket.setTimeout(10000, () => console.error('no reply within 10 s'));
socket.on('error', (error) => console.error(error.message));
socket.on('data', (part) => {
  reply = Buffer.concat([reply, part]);
  if (reply.length >= Buffer.byteLength(message)) {
    console.log(reply.toString());
  }
});
socket.on('end', () => reply.length < Buffer.byteLength(message) && console.error('the server closed too early'));
