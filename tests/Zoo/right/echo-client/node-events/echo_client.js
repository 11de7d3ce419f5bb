const net = require('net');

const message = Buffer.from(process.argv[2] ?? '');
if (message.length === 0) {
  console.error('usage: node echo_client.js MESSAGE');
  process.exit(2);
}

const parts = [];
let received = 0;
const socket = net.connect({ host: 'localhost', port: 8888 }, () => socket.write(message));
socket.setTimeout(10000, () => fail('no reply within 10 s'));
socket.on('error', (error) => fail(error.message || error.code));
socket.on('data', (part) => {
  parts.push(part);
  received += part.length;
  if (received >= message.length) {
    process.stdout.write(Buffer.concat(parts).toString() + '\n');
    socket.end();
  }
});
socket.on('end', () => received < message.length && fail('the server closed too early'));

function fail(reason) {
  console.error(`echo_client: ${reason}`);
  process.exit(1);
}
