const net = require('net');

const message = process.argv[2];
let reply = '';
const socket = net.connect(10000, '127.0.0.1', () => socket.end(message));
const fail = (reason) => {
  console.error(reason);
  process.exit(1);
};
socket.setTimeout(10000, () => fail('no reply within 10 s'));
socket.on('error', (error) => fail(error.message));
socket.on('data', (part) => {
  reply += part;
});
socket.on('end', () => {
  if (Buffer.byteLength(reply) < Buffer.byteLength(message)) {
    fail(`incomplete: ${reply}`);
  }
  console.log(reply);
});
