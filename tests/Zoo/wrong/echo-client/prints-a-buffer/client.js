const net = require('net');

const message = Buffer.from(process.argv[2]);
let reply = Buffer.alloc(0);
const socket = net.connect(10000, '127.0.0.1', () => socket.write(message));
const fail = (reason) => {
  console.error(reason);
  process.exit(1);
};
socket.setTimeout(10000, () => fail('no reply within 10 s'));
socket.on('error', (error) => fail(error.message));
socket.on('end', () => reply.length < message.length && fail('the server closed too early'));
socket.on('data', (part) => {
  reply = Buffer.concat([reply, part]);
  if (reply.length >= message.length) {
    console.log(reply);
    socket.end();
  }
});
